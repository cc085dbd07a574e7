"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { useTRPC } from "@/trpc/client";
import { useInfiniteQuery } from "@/trpc/use-query";
import { TimelineItem } from "./timeline-item";

/** What happened to the server, newest first; older entries on demand. */
export function TimelineCard({ serverId }: { serverId: string }) {
  const t = useTranslations("servers.timeline");
  const trpc = useTRPC();
  const timeline = useInfiniteQuery(
    trpc.servers.timeline.infiniteQueryOptions(
      { serverId, limit: 15 },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const entries = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-3">
        {timeline.isPending && (
          <div role="status" aria-label={t("loading")} className="grid gap-3">
            <Skeleton className="h-5 w-2/3" />
            <Skeleton className="h-5 w-1/2" />
            <Skeleton className="h-5 w-3/5" />
          </div>
        )}
        {timeline.error && entries.length === 0 && (
          <ErrorState error={timeline.error} onRetry={() => timeline.refetch()} />
        )}
        {timeline.data && entries.length === 0 && <p className="text-sm text-muted-foreground">{t("empty")}</p>}
        {entries.length > 0 && (
          <ol aria-label={t("title")} className="grid">
            {entries.map((entry) => (
              <TimelineItem key={entry.id} entry={entry} />
            ))}
          </ol>
        )}
        {timeline.hasNextPage && (
          <Button
            variant="outline"
            size="sm"
            disabled={timeline.isFetchingNextPage}
            onClick={() => timeline.fetchNextPage()}
            className="w-fit max-md:h-11"
          >
            {t(timeline.isFetchingNextPage ? "loading" : "older")}
          </Button>
        )}
      </CardContent>
    </Card>
  );
}
