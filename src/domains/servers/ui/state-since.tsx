"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import { useDuration } from "@/components/use-duration";
import type { Server } from "../contract";

/** How long the state has lasted, counting; the exact time on hover. */
export function StateSince({ server, className }: { server: Pick<Server, "stateSince">; className?: string }) {
  const t = useTranslations("servers.state");
  const format = useFormatter();
  const duration = useDuration();
  const now = useNow({ updateInterval: 1_000 });
  const seconds = (now.getTime() - server.stateSince.getTime()) / 1_000;
  return (
    <time
      dateTime={server.stateSince.toISOString()}
      title={format.dateTime(server.stateSince, "long")}
      className={className}
      // The server rendered this a moment earlier.
      suppressHydrationWarning
    >
      {t("for", { duration: duration(seconds) })}
    </time>
  );
}
