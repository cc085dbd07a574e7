import { CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";

/** Instead of the form while nobody may ask for an account. */
export function RegisterClosed() {
  const t = useTranslations("auth.register.closed");
  return (
    <Alert variant="warning" role="status">
      <CircleAlertIcon />
      <AlertTitle>{t("title")}</AlertTitle>
      <AlertDescription>{t("text")}</AlertDescription>
    </Alert>
  );
}
