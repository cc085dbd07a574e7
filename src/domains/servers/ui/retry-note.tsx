"use client";

import { useNow, useTranslations } from "next-intl";
import type { Server } from "../contract";

/** Counts down to the next start by itself after a crash; nothing while none is planned. */
export function RetryNote({ server }: { server: Pick<Server, "retryAt"> }) {
  return server.retryAt ? <Countdown at={server.retryAt} /> : null;
}

function Countdown({ at }: { at: Date }) {
  const t = useTranslations("servers.retry");
  const now = useNow({ updateInterval: 1_000 });
  const seconds = Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 1_000));
  return (
    // The server rendered this a moment earlier.
    <span className="text-xs text-state-changing tabular-nums" suppressHydrationWarning>
      {seconds === 0 ? t("now") : t("in", { seconds })}
    </span>
  );
}
