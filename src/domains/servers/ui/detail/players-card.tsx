"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { Server } from "../../contract";
import { PlayerCount } from "../server-kind";

/** Who is playing now. A server shows at most a dozen names; the rest is counted. */
export function PlayersCard({ server }: { server: Server }) {
  const t = useTranslations("servers.players");
  const { playerNames, playersOnline } = server.live;
  const unnamed = Math.max(0, (playersOnline ?? 0) - playerNames.length);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("label")}</CardTitle>
        <CardAction className="text-sm">
          <PlayerCount server={server} />
        </CardAction>
      </CardHeader>
      <CardContent>
        {playersOnline === null ? (
          <p className="text-sm text-muted-foreground">{t(server.state === "running" ? "notKnown" : "notRunning")}</p>
        ) : playersOnline === 0 ? (
          <p className="text-sm text-muted-foreground">{t("nobody")}</p>
        ) : (
          <ul className="flex flex-wrap gap-1.5">
            {playerNames.map((name) => (
              <li key={name}>
                <Badge variant="secondary" className="font-mono font-normal">
                  {name}
                </Badge>
              </li>
            ))}
            {unnamed > 0 && <li className="px-1 text-sm text-muted-foreground">{t("more", { count: unnamed })}</li>}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}
