"use client";

import { useTranslations } from "next-intl";
import type { KindCheck } from "../contract";

/** What stands in the way of a kind, what to do about it, and the engine's own words. Nothing when it works. */
export function KindProblemNote({ check: { problem, message } }: { check: Pick<KindCheck, "problem" | "message"> }) {
  const t = useTranslations("launch");
  if (problem === null) return null;
  return (
    <div className="grid gap-1">
      <p>{t(`problems.${problem}.what`)}</p>
      <p className="text-muted-foreground">{t(`problems.${problem}.fix`)}</p>
      {message && <p className="font-mono break-words whitespace-pre-line text-muted-foreground">{message}</p>}
    </div>
  );
}
