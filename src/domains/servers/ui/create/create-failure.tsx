"use client";

import { CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { errorBodyOf } from "@/components/error-body";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { useErrorText } from "@/components/use-error-text";
import { OutputLines } from "./output-lines";

/** Why nothing was created, and what to change. */
export function CreateFailure({ error }: { error: unknown }) {
  const t = useTranslations("create.failure");
  const common = useTranslations("common");
  const { code, text, requestId } = useErrorText()(error);
  const lines = installerLines(error);
  const isCancelled = code === "JOB_CANCELLED";
  const advice = code as Parameters<typeof t.has>[0];
  return (
    <Alert variant={isCancelled ? "default" : "destructive"}>
      <CircleAlertIcon aria-hidden="true" />
      <AlertTitle>{t(isCancelled ? "cancelled" : "title")}</AlertTitle>
      <AlertDescription>
        {!isCancelled && <p>{text}</p>}
        <p>{t.has(advice) ? t(advice as "PORT_TAKEN") : t("kept")}</p>
        <OutputLines lines={lines} label={t("output")} />
        {requestId && (
          <p className="font-mono text-xs text-muted-foreground">{common("requestId", { id: requestId })}</p>
        )}
      </AlertDescription>
    </Alert>
  );
}

/** The last lines of an installer, where that is what failed. */
function installerLines(error: unknown): string[] {
  const { details } = (errorBodyOf(error) ?? error ?? {}) as { details?: { lines?: unknown } };
  const lines = details?.lines;
  return Array.isArray(lines) ? lines.filter((line) => typeof line === "string") : [];
}
