"use client";

import { HistoryIcon, SearchXIcon } from "lucide-react";
import Link from "next/link";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { ListFoot } from "@/components/list-foot";
import { RelativeTime } from "@/components/relative-time";
import { SearchField } from "@/components/search-field";
import { Badge } from "@/components/ui/badge";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { useDuration } from "@/components/use-duration";
import { useTRPC } from "@/trpc/client";
import { useInfiniteQuery, useQuery } from "@/trpc/use-query";
import type { PlayerSession } from "../contract";
import { PlayerHead } from "./player-head";

/** Who has played: for how long in all, and when. On one server, or on all that one sees. */
export function PlayHistory({ serverId }: { serverId?: string }) {
  const t = useTranslations("players");
  const [search, setSearch] = useState("");
  return (
    <section aria-labelledby="play-history" className="grid gap-3">
      <Tabs defaultValue="totals" className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 id="play-history" className="font-semibold">
            {t("history.title")}
          </h2>
          <TabsList>
            <TabsTrigger value="totals" className="max-md:h-11">
              {t("history.totals")}
            </TabsTrigger>
            <TabsTrigger value="sessions" className="max-md:h-11">
              {t("history.sessions")}
            </TabsTrigger>
          </TabsList>
        </div>
        <SearchField value={search} onSearch={setSearch} label={t("search")} placeholder={t("searchHint")} />
        <TabsContent value="totals">
          <Totals serverId={serverId} search={search} />
        </TabsContent>
        <TabsContent value="sessions">
          <Sessions serverId={serverId} search={search} />
        </TabsContent>
      </Tabs>
    </section>
  );
}

interface Searched {
  serverId?: string;
  search: string;
}

const inputOf = ({ serverId, search }: Searched) => ({ serverId, ...(search ? { search } : {}) });
const rowLook = "flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2";

function Totals(searched: Searched) {
  const t = useTranslations("players");
  const duration = useDuration();
  const { data, error, refetch } = useQuery({
    ...useTRPC().players.totals.queryOptions(inputOf(searched)),
    placeholderData: (before) => before,
  });
  if (!data) return <Waiting error={error} onRetry={() => void refetch()} />;
  if (data.length === 0) return <Nobody isFiltered={searched.search !== ""} />;
  return (
    <ul aria-label={t("history.totals")} className="divide-y rounded-lg border bg-card">
      {data.map((player) => (
        <li key={player.name} className={rowLook}>
          <PlayerHead player={player} />
          <span className="min-w-0 flex-1 basis-40 truncate font-medium">
            {player.name}
            {player.isOnline && (
              <Badge variant="muted" className="ml-2">
                {t("online")}
              </Badge>
            )}
          </span>
          <span className="w-36 tabular-nums max-sm:w-auto">{duration(player.seconds)}</span>
          <span className="w-28 text-muted-foreground tabular-nums max-sm:w-auto">
            {t("history.count", { count: player.sessions })}
          </span>
          <span className="w-56 text-right text-muted-foreground max-sm:w-full max-sm:text-left">
            {player.isOnline
              ? t("history.here")
              : t.rich("history.lastSeen", { time: () => <RelativeTime date={player.lastSeen} /> })}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Sessions(searched: Searched) {
  const t = useTranslations("players");
  const list = useInfiniteQuery(
    useTRPC().players.history.infiniteQueryOptions(inputOf(searched), {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
  const items = list.data?.pages.flatMap((page) => page.items);
  if (!items) return <Waiting error={list.error} onRetry={() => void list.refetch()} />;
  if (items.length === 0) return <Nobody isFiltered={searched.search !== ""} />;
  return (
    <div className="grid gap-3">
      <ul aria-label={t("history.sessions")} className="divide-y rounded-lg border bg-card">
        {items.map((session) => (
          <SessionRow key={session.id} session={session} hasServer={searched.serverId === undefined} />
        ))}
      </ul>
      <ListFoot list={list}>{t("history.shown", { count: items.length })}</ListFoot>
    </div>
  );
}

function SessionRow({ session, hasServer }: { session: PlayerSession; hasServer: boolean }) {
  const t = useTranslations("players");
  const format = useFormatter();
  const duration = useDuration();
  const now = useNow({ updateInterval: 20_000 });
  const { joinedAt, leftAt, endedBy } = session;
  const seconds = ((leftAt ?? now).getTime() - joinedAt.getTime()) / 1000;
  return (
    <li className={rowLook}>
      <PlayerHead player={session} />
      <span className="min-w-0 flex-1 basis-40 truncate font-medium">{session.name}</span>
      {hasServer && (
        <Link href={`/servers/${session.serverId}/players`} className="max-w-48 truncate hover:underline">
          {session.serverName}
        </Link>
      )}
      <span className="text-muted-foreground tabular-nums">{format.dateTime(joinedAt, "short")}</span>
      <span className="w-32 tabular-nums max-sm:w-auto" suppressHydrationWarning>
        {duration(seconds)}
      </span>
      <span className="w-36 text-right text-muted-foreground max-sm:w-full max-sm:text-left">
        {leftAt === null ? t("online") : t(`history.ends.${endedBy ?? "left"}`)}
      </span>
    </li>
  );
}

function Nobody({ isFiltered }: { isFiltered: boolean }) {
  const t = useTranslations("players");
  if (isFiltered) return <EmptyState icon={SearchXIcon} title={t("noMatch")} />;
  return <EmptyState icon={HistoryIcon} title={t("history.empty.title")} text={t("history.empty.text")} />;
}

function Waiting({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations("players");
  if (error) return <ErrorState error={error} onRetry={onRetry} />;
  return (
    <div role="status" aria-label={t("loading")} className="divide-y rounded-lg border bg-card">
      {["one", "two", "three"].map((place) => (
        <div key={place} className="flex h-11 items-center gap-3 px-4">
          <Skeleton className="size-6" />
          <Skeleton className="h-4 w-40" />
        </div>
      ))}
    </div>
  );
}
