"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import type { Server } from "../contract";
import { shownState, stateColours } from "./state-mark";

/** The state as a word with its coloured dot. */
export function StateBadge({ server, className }: { server: Pick<Server, "state" | "lastEnd">; className?: string }) {
  const t = useTranslations("servers.state");
  const state = shownState(server);
  const { text, dot } = stateColours[state];
  return (
    <span className={cn("inline-flex items-center gap-2 text-sm font-medium whitespace-nowrap", text, className)}>
      <span aria-hidden="true" className={cn("size-2 shrink-0 rounded-full", dot)} />
      {t(state)}
    </span>
  );
}
