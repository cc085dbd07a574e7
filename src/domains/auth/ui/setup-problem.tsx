import { CircleAlertIcon, CircleCheckIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";

/** Why there is no set-up form here, and what to do instead. */
export function SetupProblem({ kind }: { kind: "noLink" | "badLink" | "done" }) {
  const t = useTranslations(`auth.setup`);
  const isDone = kind === "done";
  return (
    <div className="grid gap-4">
      <Alert variant={isDone ? "success" : "warning"}>
        {isDone ? <CircleCheckIcon /> : <CircleAlertIcon />}
        <AlertTitle>{t(`${kind}.title`)}</AlertTitle>
        <AlertDescription>{t(`${kind}.text`)}</AlertDescription>
      </Alert>
      {isDone && (
        <Button asChild>
          <Link href="/login">{t("done.action")}</Link>
        </Button>
      )}
    </div>
  );
}
