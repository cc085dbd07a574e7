"use client";

import { CheckIcon, MinusIcon, PlusIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import type { Cell } from "./who-can";

export const cellMarks = {
  yes: { icon: CheckIcon, color: "text-state-running" },
  no: { icon: MinusIcon, color: "text-muted-foreground" },
  granted: { icon: PlusIcon, color: "rounded-full bg-state-running/15 text-state-running" },
  denied: { icon: XIcon, color: "rounded-full bg-state-crashed/15 text-state-crashed" },
} as const;

/** Whether somebody may do something, by icon; in words for screen readers. */
export function CellMark({ cell }: { cell: Cell }) {
  const t = useTranslations("users.matrix");
  const { icon: Icon, color } = cellMarks[cell];
  return (
    <span title={t(cell)} className="inline-flex align-middle">
      <Icon aria-hidden="true" className={cn("size-5 p-0.5", color)} />
      <span className="sr-only">{t(cell)}</span>
    </span>
  );
}
