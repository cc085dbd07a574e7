"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";
import { useErrorText } from "./use-error-text";

/** Says in a toast that one's own action failed, why, and under which request id. Fits `onError` of a mutation. */
export function useToastError(): (error: unknown) => void {
  const t = useTranslations("common");
  const errorText = useErrorText();
  return useCallback(
    (error) => {
      const { code, text, requestId } = errorText(error);
      if (code === "SIGN_IN_REQUIRED") return;
      toast.error(text, { description: requestId ? t("requestId", { id: requestId }) : undefined, duration: 8_000 });
    },
    [errorText, t],
  );
}
