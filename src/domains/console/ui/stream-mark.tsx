"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import type { StreamStatus } from "./use-console-stream";

const colours: Readonly<Record<StreamStatus, string>> = {
  connecting: "bg-state-changing animate-state-pulse",
  live: "bg-state-running",
  reconnecting: "bg-state-changing animate-state-pulse",
  failed: "bg-state-crashed",
};

/** Says whether the console is connected. */
export function StreamMark({ status }: { status: StreamStatus }) {
  const t = useTranslations("console.stream");
  return (
    <p role="status" className="inline-flex items-center gap-2 text-xs text-muted-foreground">
      <span aria-hidden="true" className={cn("size-2 rounded-full", colours[status])} />
      {t(status)}
    </p>
  );
}
