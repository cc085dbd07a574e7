import { CircleAlertIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

/** Instead of the form behind a link that leads nowhere any more. */
export function ResetProblem() {
  const t = useTranslations("auth");
  return (
    <div className="grid gap-4">
      <Alert variant="warning">
        <CircleAlertIcon />
        <AlertTitle>{t("reset.problem.title")}</AlertTitle>
        <AlertDescription>{t("reset.problem.text")}</AlertDescription>
      </Alert>
      <Button asChild>
        <Link href="/login">{t("toSignIn")}</Link>
      </Button>
    </div>
  );
}
