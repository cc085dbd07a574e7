"use client";

import { useTranslations } from "next-intl";
import { useLiveConnection } from "@/components/live/live-connection";
import { useCan } from "@/domains/auth/ui/use-me";
import { cn } from "@/lib/cn";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

/** How many people wait for approval, for those who can approve; nothing when nobody does. */
export function WaitingCount({ isCollapsed }: { isCollapsed: boolean }) {
  const t = useTranslations("nav");
  const canApprove = useCan("users.approve");
  const canSee = useCan("users.view");
  const isConnected = useLiveConnection() !== "connecting";
  const { data } = useQuery({
    ...useTRPC().users.counts.queryOptions(),
    // The stream's first word has everything read anew: asking before it would ask twice.
    enabled: canApprove && canSee && isConnected,
  });
  if (!data?.waiting) return null;
  return (
    <span
      className={cn(
        "ml-auto rounded-full bg-state-changing/15 px-1.5 text-xs text-state-changing tabular-nums",
        isCollapsed && "absolute top-0.5 right-0.5 ml-0 px-1",
      )}
    >
      <span aria-hidden="true">{data.waiting}</span>
      <span className="sr-only">{t("waiting", { count: data.waiting })}</span>
    </span>
  );
}
