"use client";

import { ArchiveXIcon, ArrowLeftIcon, PinIcon, RotateCcwIcon } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { DeniedState } from "@/components/denied-state";
import { EmptyState } from "@/components/empty-state";
import { errorBodyOf } from "@/components/error-body";
import { ErrorState } from "@/components/error-state";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { Server } from "@/domains/servers/contract";
import { useServer } from "@/domains/servers/ui/use-server";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Snapshot } from "../../contract";
import { DiskWarning } from "../disk-warning";
import { RestoreJobs } from "../restore-jobs";
import { SnapshotDialogs } from "../snapshot-dialogs";
import { SnapshotMenu } from "../snapshot-menu";
import { UndoCard } from "../undo-card";
import { useSnapshotActions } from "../use-snapshot-actions";
import { useSnapshotName } from "../use-snapshot-name";
import { useSnapshotRights } from "../use-snapshot-rights";
import { VerificationMark } from "../verification-mark";
import { DamagedFiles } from "./damaged-files";
import { SnapshotFacts } from "./snapshot-facts";
import { SnapshotViews } from "./snapshot-views";

/** One snapshot: what is in it, what is different now, and what of it comes back. */
export function SnapshotPage({ serverId, snapshotId }: { serverId: string; snapshotId: string }) {
  const { server } = useServer(serverId);
  return server ? <SnapshotDetail server={server} snapshotId={snapshotId} /> : null;
}

function SnapshotDetail({ server, snapshotId }: { server: Server; snapshotId: string }) {
  const t = useTranslations("snapshots.detail");
  const rights = useSnapshotRights(server);
  const trpc = useTRPC();
  const {
    data: snapshot,
    error,
    refetch,
  } = useQuery({ ...trpc.snapshots.get.queryOptions({ snapshotId }), enabled: rights.view });
  const { data: usage } = useQuery({
    ...trpc.snapshots.usage.queryOptions({ serverId: server.id }),
    enabled: rights.view,
  });
  if (!rights.view) return <DeniedState permission="backups.view" />;
  const isGone = errorBodyOf(error)?.code === "SNAPSHOT_NOT_FOUND";
  return (
    <section aria-label={t("tabs.label")} className="grid gap-4">
      <Link
        href={`/servers/${server.id}/snapshots`}
        className="inline-flex w-fit items-center gap-1.5 text-sm text-muted-foreground hover:text-foreground max-md:min-h-11"
      >
        <ArrowLeftIcon aria-hidden="true" className="size-4" />
        {t("back")}
      </Link>
      {isGone && <EmptyState icon={ArchiveXIcon} title={t("gone")} text={t("goneText")} />}
      {!isGone && !snapshot && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!snapshot && !error && (
        <div role="status" aria-label={t("loading")} className="grid gap-4">
          <Skeleton className="h-6 w-80 max-w-full" />
          <Skeleton className="h-20" />
          <Skeleton className="h-64" />
        </div>
      )}
      {!isGone && snapshot && (
        <>
          <SnapshotHead server={server} snapshot={snapshot} />
          {usage && <DiskWarning disk={usage.disk} />}
          <RestoreJobs serverId={server.id} />
          {usage?.undoable && <UndoCard server={server} undoable={usage.undoable} />}
          <SnapshotFacts snapshot={snapshot} />
          {snapshot.status === "complete" ? (
            <SnapshotViews server={server} snapshot={snapshot} rights={rights} />
          ) : (
            <EmptyState icon={ArchiveXIcon} title={t("notComplete")} />
          )}
        </>
      )}
    </section>
  );
}

function SnapshotHead({ server, snapshot }: { server: Server; snapshot: Snapshot }) {
  const t = useTranslations("snapshots");
  const router = useRouter();
  const nameOf = useSnapshotName();
  const rights = useSnapshotRights(server);
  const actions = useSnapshotActions();
  const { status, isPinned, note, verification, metadata } = snapshot;
  const name = nameOf(snapshot);
  const skipped = metadata.skipped ?? [];
  return (
    <header className="flex flex-wrap items-start justify-between gap-3">
      <div className="grid min-w-0 flex-1 basis-64 gap-1.5">
        <h2 className="flex flex-wrap items-center gap-2 font-semibold break-words">
          {name}
          {isPinned && (
            <Badge variant="muted">
              <PinIcon aria-hidden="true" />
              {t("pinned")}
            </Badge>
          )}
        </h2>
        {note && <p className="break-words whitespace-pre-line">{note}</p>}
        {status === "complete" && <VerificationMark snapshot={snapshot} />}
        {verification === "damaged" && <p className="text-sm text-destructive">{t("verification.damagedText")}</p>}
        {verification === "damaged" && metadata.damage && <DamagedFiles damage={metadata.damage} />}
        {metadata.isCrashConsistent && <p className="text-sm text-warning">{t("crashConsistent")}</p>}
        {skipped.length > 0 && (
          <p className="text-sm break-all text-muted-foreground">
            {t("skipped", { count: skipped.length, paths: skipped.slice(0, 5).join(", ") })}
          </p>
        )}
      </div>
      <div className="flex items-center gap-1">
        {status === "complete" && rights.restore && verification !== "damaged" && (
          <Button
            aria-label={t("actions.restoreName", { name })}
            className="max-md:h-11"
            onClick={() => actions.open("restore", snapshot)}
          >
            <RotateCcwIcon />
            {t("actions.restore")}
          </Button>
        )}
        <SnapshotMenu snapshot={snapshot} rights={rights} actions={actions} />
      </div>
      <SnapshotDialogs
        server={server}
        actions={actions}
        onDeleted={() => router.push(`/servers/${server.id}/snapshots`)}
      />
    </header>
  );
}
