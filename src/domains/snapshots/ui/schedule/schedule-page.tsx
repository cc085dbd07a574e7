"use client";

import { ArrowLeftIcon, LockIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DeniedState } from "@/components/denied-state";
import { ErrorState } from "@/components/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { Server } from "@/domains/servers/contract";
import { useServer } from "@/domains/servers/ui/use-server";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Schedule } from "../../contract";
import { DiskWarning } from "../disk-warning";
import { useSnapshotRights } from "../use-snapshot-rights";
import { NextTimes } from "./next-times";
import { ClampsNote, LastDrill, LastRun } from "./schedule-facts";
import { ScheduleForm } from "./schedule-form";

/** A server's schedule, what of it is in force, when it comes due next and how it went last. */
export function SchedulePage({ serverId }: { serverId: string }) {
  const { server } = useServer(serverId);
  return server ? <SchedulePanels server={server} /> : null;
}

function SchedulePanels({ server }: { server: Server }) {
  const t = useTranslations("snapshots.scheduleForm");
  const rights = useSnapshotRights(server);
  const trpc = useTRPC();
  const serverId = server.id;
  const [draft, setDraft] = useState<Schedule | null>(null);
  const {
    data: state,
    error,
    refetch,
  } = useQuery({
    ...trpc.snapshots.getSchedule.queryOptions({ serverId }),
    enabled: rights.view,
  });
  const { data: usage } = useQuery({ ...trpc.snapshots.usage.queryOptions({ serverId }), enabled: rights.view });
  if (!rights.view) return <DeniedState permission="backups.view" />;
  return (
    <section aria-labelledby="schedule-title" className="grid gap-4">
      <header className="grid gap-1">
        <Link
          href={`/servers/${serverId}/snapshots`}
          className="inline-flex w-fit items-center gap-1.5 text-sm text-muted-foreground hover:text-foreground max-md:min-h-11"
        >
          <ArrowLeftIcon aria-hidden="true" className="size-4" />
          {t("back")}
        </Link>
        <h2 id="schedule-title" className="font-semibold">
          {t("title")}
        </h2>
        <p className="text-muted-foreground">{t("text")}</p>
      </header>
      {usage && <DiskWarning disk={usage.disk} />}
      {!rights.schedule && (
        <p className="flex items-center gap-2 rounded-lg border bg-card px-4 py-3 text-sm">
          <LockIcon aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
          {t("locked")}
        </p>
      )}
      {!state && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!state && !error && (
        <div role="status" aria-label={t("loading")} className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <Skeleton className="h-160" />
          <div className="grid content-start gap-4">
            <Skeleton className="h-48" />
            <Skeleton className="h-28" />
          </div>
        </div>
      )}
      {state && <ClampsNote state={state} />}
      {state && (
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <ScheduleForm serverId={serverId} state={state} canChange={rights.schedule} onDraft={setDraft} />
          <div className="grid gap-4">
            <NextTimes serverId={serverId} state={state} draft={draft} />
            <LastRun serverId={serverId} lastRun={state.lastRun} />
            <LastDrill lastDrill={state.lastDrill} />
          </div>
        </div>
      )}
    </section>
  );
}
