"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { PlayerHead } from "@/domains/players/ui/player-head";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../contract";
import { PlayerCount } from "../server-kind";

const mostShown = 24;

/** Who is playing now; what is more than some names is counted. */
export function PlayersCard({ server }: { server: Server }) {
  const t = useTranslations("servers.players");
  const { playerNames, playersOnline } = server.live;
  const isRunning = server.state === "running";
  const { data } = useQuery({
    ...useTRPC().players.online.queryOptions({ serverId: server.id }),
    enabled: isRunning,
  });
  const known = data?.[0]?.players ?? playerNames.map((name) => ({ name, uuid: null, headUrl: null }));
  const shown = known.slice(0, mostShown);
  const unnamed = Math.max(0, (playersOnline ?? 0) - shown.length);
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          <Link href={`/servers/${server.id}/players`} className="hover:underline">
            {t("label")}
          </Link>
        </CardTitle>
        <CardAction className="text-sm">
          <PlayerCount server={server} />
        </CardAction>
      </CardHeader>
      <CardContent>
        {playersOnline === null ? (
          <p className="text-sm text-muted-foreground">{t(isRunning ? "notKnown" : "notRunning")}</p>
        ) : playersOnline === 0 && shown.length === 0 ? (
          <p className="text-sm text-muted-foreground">{t("nobody")}</p>
        ) : (
          <ul className="flex flex-wrap gap-1.5">
            {shown.map((player) => (
              <li key={player.name}>
                <Badge variant="secondary" className="gap-1.5 font-mono font-normal">
                  <PlayerHead player={player} className="size-4" />
                  {player.name}
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
