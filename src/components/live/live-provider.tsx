"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useCallback } from "react";
import type { Server } from "@/domains/servers/contract";
import { useAnnounce } from "./announcer";
import { LiveConnectionContext } from "./live-connection";
import { useServerEvents } from "./use-server-events";

/** Holds the tab's event stream and says changes of state aloud. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const t = useTranslations("nav.announce");
  const announce = useAnnounce();
  const onStateChange = useCallback(
    (server: Server) => announce(t("state", { name: server.name, state: server.state })),
    [announce, t],
  );
  const connection = useServerEvents(onStateChange);
  return <LiveConnectionContext value={connection}>{children}</LiveConnectionContext>;
}
