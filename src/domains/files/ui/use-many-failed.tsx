"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "sonner";
import { useErrorText } from "@/components/use-error-text";
import type { ManyResult } from "../contract";
import { nameOf } from "./path-parts";
import { shownName } from "./shown-name";

const told = 3;

/** Says in one toast which of several entries were refused, and why. */
export function useManyFailed(): (failed: ManyResult["failed"]) => void {
  const t = useTranslations("files.manager.done");
  const errorText = useErrorText();
  return useCallback(
    (failed) => {
      if (failed.length === 0) return;
      const lines = failed
        .slice(0, told)
        .map(
          ({ path, code, message }) => `${shownName(nameOf(path))}: ${errorText({ code, message, details: {} }).text}`,
        );
      if (failed.length > told) lines.push(t("more", { count: failed.length - told }));
      toast.error(t("failed", { count: failed.length }), {
        description: <span className="whitespace-pre-line break-words">{lines.join("\n")}</span>,
        duration: 10_000,
      });
    },
    [errorText, t],
  );
}
