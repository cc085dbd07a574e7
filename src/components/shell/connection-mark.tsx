"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useAnnounce } from "@/components/live/announcer";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { cn } from "@/lib/cn";
import { type Connection, useConnection } from "./use-connection";

const dots: Record<Connection, string> = {
  connecting: "bg-muted-foreground animate-state-pulse",
  online: "bg-state-running",
  reconnecting: "bg-state-crashed animate-state-pulse",
  unhealthy: "bg-state-crashed",
  offline: "bg-state-crashed",
};

/** The green or red mark: whether the dashboard answers, in words too. Says a loss and a return aloud. */
export function ConnectionMark() {
  const t = useTranslations("nav.connection");
  const connection = useConnection();
  const announce = useAnnounce();
  const before = useRef(connection);
  useEffect(() => {
    const wasLost = !["connecting", "online"].includes(before.current);
    if (connection === "online" && wasLost) announce(t("back"));
    if (connection === "offline" && before.current !== "offline") announce(t("offlineHint"));
    before.current = connection;
  }, [connection, announce, t]);
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="ghost" size="sm" className="gap-2 px-2 font-normal text-muted-foreground">
          <span aria-hidden="true" className={cn("size-2 rounded-full", dots[connection])} />
          <span className={cn("sr-only lg:not-sr-only", connection !== "online" && "sm:not-sr-only")}>
            {t(connection)}
          </span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label={t(connection)} className="grid gap-1 p-3">
        <p className="font-medium">{t(connection)}</p>
        <p className="text-muted-foreground">
          {t(connection === "connecting" ? "reconnectingHint" : `${connection}Hint`)}
        </p>
      </PopoverContent>
    </Popover>
  );
}
