"use client";

import { CircleAlertIcon, RotateCwIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useErrorText } from "./use-error-text";

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
}

/** What a list or page shows when it could not be read: why, a way to try again, and the id to ask about. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const t = useTranslations("common");
  const { text, requestId } = useErrorText()(error);
  return (
    <div
      role="alert"
      className="flex flex-col items-center gap-3 rounded-lg border border-destructive/40 bg-destructive/5 px-6 py-10 text-center"
    >
      <CircleAlertIcon aria-hidden="true" className="size-8 text-destructive" strokeWidth={1.5} />
      <div className="grid max-w-md gap-1">
        <p className="font-medium">{t("errorTitle")}</p>
        <p className="text-balance text-muted-foreground">{text}</p>
        {requestId && (
          <p className="mt-1 font-mono text-xs text-muted-foreground">{t("requestId", { id: requestId })}</p>
        )}
      </div>
      {onRetry && (
        <Button variant="outline" size="sm" onClick={onRetry}>
          <RotateCwIcon />
          {t("retry")}
        </Button>
      )}
    </div>
  );
}
