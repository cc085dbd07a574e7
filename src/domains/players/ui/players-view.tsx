"use client";

import { Gamepad2Icon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { Card, CardAction, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { OnlinePlayers } from "./online-players";
import { PlayHistory } from "./play-history";

/** Everybody who plays on a server that one sees, and who has. */
export function PlayersView() {
  const t = useTranslations("players");
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.players.online.queryOptions());
  const { data: servers = [] } = useQuery(trpc.servers.list.queryOptions());
  const count = data?.reduce((sum, { online, players }) => sum + Math.max(online ?? 0, players.length), 0) ?? 0;
  return (
    <>
      <PageHeader title={t("title")} description={data ? t("summary", { count, servers: data.length }) : t("text")} />
      <div className="grid gap-6">
        {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton role="status" aria-label={t("loading")} className="h-36" />}
        {data?.length === 0 && <EmptyState icon={Gamepad2Icon} title={t("empty.title")} text={t("empty.text")} />}
        {data && data.length > 0 && (
          <section aria-label={t("now")} className="grid gap-4">
            {data.map((server) => (
              <Card key={server.serverId}>
                <CardHeader>
                  <CardTitle>
                    <Link href={`/servers/${server.serverId}/players`} className="hover:underline">
                      {server.name}
                    </Link>
                  </CardTitle>
                  <CardAction className="text-sm text-muted-foreground tabular-nums">
                    {t("of", {
                      online: server.online ?? server.players.length,
                      max: server.max ?? 0,
                      hasMax: server.max === null ? "no" : "yes",
                    })}
                  </CardAction>
                </CardHeader>
                <CardContent>
                  <OnlinePlayers
                    server={server}
                    ownerId={servers.find(({ id }) => id === server.serverId)?.ownerId ?? ""}
                  />
                </CardContent>
              </Card>
            ))}
          </section>
        )}
        <PlayHistory />
      </div>
    </>
  );
}
