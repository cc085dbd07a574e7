"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/error-state";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { useMe } from "@/domains/auth/ui/use-me";
import type { Server } from "@/domains/servers/contract";
import { mayWith } from "@/domains/servers/ui/server-rights";
import { useServer } from "@/domains/servers/ui/use-server";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { OnlinePlayers } from "./online-players";
import { PlayHistory } from "./play-history";
import { PlayerLists } from "./player-lists";
import { PlayersChartCard } from "./players-chart-card";

/** A server's players: who is there, who may be, who was. */
export function PlayersTab({ serverId }: { serverId: string }) {
  const { server } = useServer(serverId);
  return server ? <Players server={server} /> : null;
}

function Players({ server }: { server: Server }) {
  const t = useTranslations("players");
  const me = useMe();
  const { data, error, refetch } = useQuery(useTRPC().players.online.queryOptions({ serverId: server.id }));
  const here = data?.[0];
  const isRunning = server.state === "running";
  const canChange = mayWith(me, server, "rcon.execute") && (isRunning || server.state === "stopped");
  return (
    <div className="grid gap-4">
      <Card>
        <CardHeader>
          <CardTitle>{t("now")}</CardTitle>
        </CardHeader>
        <CardContent>
          {!isRunning && <p className="text-muted-foreground">{t("notRunning")}</p>}
          {isRunning && !data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
          {isRunning && !data && !error && <Skeleton role="status" aria-label={t("loading")} className="h-10" />}
          {isRunning && here && <OnlinePlayers server={here} ownerId={server.ownerId} />}
        </CardContent>
      </Card>
      <PlayerLists server={server} canChange={canChange} />
      <PlayersChartCard key={server.id} server={server} />
      <PlayHistory serverId={server.id} />
    </div>
  );
}
