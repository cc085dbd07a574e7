"use client";

import { ArchiveIcon } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";
import type { Server } from "@/domains/servers/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { useSnapshotRights } from "./use-snapshot-rights";
import { useWhen } from "./use-when";
import { VerificationMark } from "./verification-mark";

/** On the overview: how old the newest whole snapshot is, and whether it is known to be good. */
export function LastSnapshotLine({ server }: { server: Server }) {
  const t = useTranslations("snapshots.last");
  const format = useFormatter();
  const when = useWhen();
  const rights = useSnapshotRights(server);
  const { data, isPending } = useQuery({
    ...useTRPC().snapshots.list.queryOptions({ serverId: server.id, limit: 10 }),
    enabled: rights.view,
  });
  if (!rights.view || (!isPending && !data)) return null;
  const last = data?.items.find(({ status }) => status === "complete");
  const href = `/servers/${server.id}/snapshots`;
  return (
    <section
      aria-label={t("open")}
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border bg-card px-4 py-2 text-sm"
    >
      <ArchiveIcon aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
      {isPending && <Skeleton className="h-4 w-56" />}
      {last && (
        <>
          <span suppressHydrationWarning title={format.dateTime(last.createdAt, "long")}>
            {t("ago", { when: when(last.createdAt) })}
          </span>
          <VerificationMark snapshot={last} />
        </>
      )}
      {data && !last && <span className="text-warning">{t("none")}</span>}
      {data && (
        <Link href={href} className="ml-auto inline-flex items-center underline underline-offset-4 max-md:min-h-9">
          {t(last || !rights.create ? "open" : "take")}
        </Link>
      )}
    </section>
  );
}
