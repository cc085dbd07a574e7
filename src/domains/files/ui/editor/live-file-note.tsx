import { TriangleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Alert, AlertDescription } from "@/components/ui/alert";

/** The game may write over what is changed here while it runs. */
export function LiveFileNote() {
  const t = useTranslations("files.editor");
  return (
    <Alert className="py-2">
      <TriangleAlertIcon className="text-warning" />
      <AlertDescription>{t("live")}</AlertDescription>
    </Alert>
  );
}
