"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { errorBodyOf } from "./error-body";
import { errorParams } from "./error-params";

export interface ErrorText {
  /** A code of error-codes.ts, or NETWORK when no answer came. */
  code: string;
  /** One sentence in the reader's language. */
  text: string;
  requestId: string | null;
}

/** Puts any failed call, or an error kept with a job, into words. */
export function useErrorText(): (error: unknown) => ErrorText {
  const t = useTranslations("errors");
  return useCallback(
    (error) => {
      const body = errorBodyOf(error);
      const found = body ?? storedError(error);
      if (!found) return { code: "NETWORK", text: t("NETWORK"), requestId: null };
      const key = found.code as Parameters<typeof t.has>[0];
      const text = t.has(key) ? t(key, errorParams(found.details)) : found.message;
      return { code: found.code, text, requestId: body?.requestId ?? null };
    },
    [t],
  );
}

/** A job keeps `{ code, message, details }` of what ended it. */
function storedError(error: unknown) {
  const { code, message, details } = (error ?? {}) as { code?: unknown; message?: unknown; details?: unknown };
  if (typeof code !== "string" || typeof message !== "string" || typeof details !== "object" || !details) return null;
  return { code, message, details: details as Record<string, unknown> };
}
