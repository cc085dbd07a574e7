"use client";

import { useTranslations } from "next-intl";
import { useLiveConnection } from "@/components/live/live-connection";
import { shownState } from "@/domains/servers/ui/state-mark";
import { cn } from "@/lib/cn";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

/** How many servers need attention (crashed, or of unknown state); nothing when none does. */
export function TroubleCount({ isCollapsed }: { isCollapsed: boolean }) {
  const t = useTranslations("nav");
  const { data: count } = useQuery({
    ...useTRPC().servers.list.queryOptions(),
    // The stream's first word has everything read anew: asking before it would ask twice.
    enabled: useLiveConnection() !== "connecting",
    select: (servers) => servers.filter((server) => ["crashed", "unknown"].includes(shownState(server))).length,
  });
  if (!count) return null;
  return (
    <span
      className={cn(
        "ml-auto rounded-full bg-state-crashed/15 px-1.5 text-xs text-state-crashed tabular-nums",
        isCollapsed && "absolute top-0.5 right-0.5 ml-0 px-1",
      )}
    >
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t("needAttention", { count })}</span>
    </span>
  );
}
