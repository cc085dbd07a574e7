"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { isJvmRefusal } from "@/domains/launch/jvm-refusals";
import { isArchiveRule } from "@/lib/archive-rules";
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
  const archiveText = useArchiveText();
  const refusals = useTranslations("jvm.refusals");
  return useCallback(
    (error) => {
      const body = errorBodyOf(error);
      const found = body ?? storedError(error);
      if (!found) return { code: "NETWORK", text: t("NETWORK"), requestId: null };
      const key = found.code as Parameters<typeof t.has>[0];
      const general = t.has(key) ? t(key, errorParams(found.details)) : found.message;
      const { rule } = found.details;
      const isArgument = found.code === "JVM_ARGUMENT_REFUSED" && isJvmRefusal(rule);
      const text = found.code === "ARCHIVE_REFUSED" ? archiveText(found.details, general) : general;
      return {
        code: found.code,
        text: isArgument ? refusals("sentence", { what: text, why: refusals(rule) }) : text,
        requestId: body?.requestId ?? null,
      };
    },
    [t, archiveText, refusals],
  );
}

/** A job keeps `{ code, message, details }` of what ended it. */
function storedError(error: unknown) {
  const { code, message, details } = (error ?? {}) as { code?: unknown; message?: unknown; details?: unknown };
  if (typeof code !== "string" || typeof message !== "string" || typeof details !== "object" || !details) return null;
  return { code, message, details: details as Record<string, unknown> };
}

/** Says which rule an archive broke, and with which entry. */
function useArchiveText(): (details: Record<string, unknown>, general: string) => string {
  const t = useTranslations("archiveRules");
  return useCallback(
    ({ rule, entry }, general) => {
      if (!isArchiveRule(rule)) return general;
      const why = t(rule);
      return typeof entry === "string" ? t("sentenceEntry", { why, entry }) : t("sentence", { why });
    },
    [t],
  );
}
