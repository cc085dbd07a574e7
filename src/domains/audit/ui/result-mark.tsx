"use client";

import { BanIcon, CircleCheckIcon, CircleXIcon, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import type { AuditEntry } from "../contract";

type Result = AuditEntry["result"];
const marks: Readonly<Record<Result, { icon: LucideIcon; color: string }>> = {
  ok: { icon: CircleCheckIcon, color: "text-state-running" },
  refused: { icon: BanIcon, color: "text-state-changing" },
  failed: { icon: CircleXIcon, color: "text-state-crashed" },
};

/** How something ended, by icon and word. */
export function ResultMark({ result }: { result: Result }) {
  const t = useTranslations("audit.results");
  const { icon: Icon, color } = marks[result];
  return (
    <span className={cn("inline-flex items-center gap-1.5 text-xs font-medium whitespace-nowrap", color)}>
      <Icon aria-hidden="true" className="size-3.5 shrink-0" />
      {t(result)}
    </span>
  );
}
