"use client";

import { CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { useErrorText } from "@/components/use-error-text";

/** Why nothing was created, and what to change. */
export function CreateFailure({ error }: { error: unknown }) {
  const t = useTranslations("create.failure");
  const common = useTranslations("common");
  const { code, text, requestId } = useErrorText()(error);
  const isCancelled = code === "JOB_CANCELLED";
  const advice = code as Parameters<typeof t.has>[0];
  return (
    <Alert variant={isCancelled ? "default" : "destructive"}>
      <CircleAlertIcon aria-hidden="true" />
      <AlertTitle>{t(isCancelled ? "cancelled" : "title")}</AlertTitle>
      <AlertDescription>
        {!isCancelled && <p>{text}</p>}
        <p>{t.has(advice) ? t(advice as "PORT_TAKEN") : t("kept")}</p>
        {requestId && (
          <p className="font-mono text-xs text-muted-foreground">{common("requestId", { id: requestId })}</p>
        )}
      </AlertDescription>
    </Alert>
  );
}
