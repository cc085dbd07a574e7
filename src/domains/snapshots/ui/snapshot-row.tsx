"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleAlertIcon, PinIcon, RotateCcwIcon } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { RelativeTime } from "@/components/relative-time";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useErrorText } from "@/components/use-error-text";
import { useToastError } from "@/components/use-toast-error";
import type { Job } from "@/domains/jobs/contract";
import { JobProgress } from "@/domains/jobs/ui/job-progress";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC } from "@/trpc/client";
import type { Snapshot } from "../contract";
import { SnapshotAuthor } from "./snapshot-author";
import { snapshotIcons } from "./snapshot-icons";
import { SnapshotMenu } from "./snapshot-menu";
import type { SnapshotActions } from "./use-snapshot-actions";
import { useSnapshotName } from "./use-snapshot-name";
import type { SnapshotRights } from "./use-snapshot-rights";
import { VerificationMark } from "./verification-mark";

interface SnapshotRowProps {
  snapshot: Snapshot;
  rights: SnapshotRights;
  actions: SnapshotActions;
  /** What makes it, while it is in the making. */
  job: Job | undefined;
}

/** One snapshot of the list. */
export function SnapshotRow({ snapshot, rights, actions, job }: SnapshotRowProps) {
  const t = useTranslations("snapshots");
  const nameOf = useSnapshotName();
  const { status, note, isPinned, metadata } = snapshot;
  const isComplete = status === "complete";
  const Icon = snapshotIcons[snapshot.type];
  const name = nameOf(snapshot);
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
      <span
        className={cn(
          "mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-md border bg-muted text-muted-foreground",
          status === "running" && "animate-state-pulse text-state-changing",
          status === "failed" && "border-state-crashed/40 text-state-crashed",
        )}
      >
        {status === "failed" ? (
          <CircleAlertIcon aria-hidden="true" className="size-4" />
        ) : (
          <Icon aria-hidden="true" className="size-4" />
        )}
      </span>
      <div className="grid min-w-0 flex-1 basis-64 gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {isComplete ? (
            <Link
              href={`/servers/${snapshot.serverId}/snapshots/${snapshot.id}`}
              className="break-words underline-offset-4 hover:underline"
            >
              {name}
            </Link>
          ) : (
            <span className="break-words">{name}</span>
          )}
          {isPinned && (
            <Badge variant="muted">
              <PinIcon aria-hidden="true" />
              {t("pinned")}
            </Badge>
          )}
          {status === "failed" && <Badge variant="danger">{t("failed")}</Badge>}
          {status === "running" && <Badge variant="warning">{t("running")}</Badge>}
        </p>
        {note && <p className="text-sm break-words whitespace-pre-line">{note}</p>}
        <Meta snapshot={snapshot} />
        {status === "running" && job && <Making job={job} />}
        {status === "failed" && metadata.failure && <Failure failure={metadata.failure} />}
        {isComplete && <VerificationMark snapshot={snapshot} />}
        {metadata.isCrashConsistent && <p className="text-xs text-warning">{t("crashConsistent")}</p>}
      </div>
      <div className="flex items-center gap-1 max-md:ml-11">
        {isComplete && rights.restore && snapshot.verification !== "damaged" && (
          <Button
            variant="outline"
            size="sm"
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
    </li>
  );
}

function Meta({ snapshot }: { snapshot: Snapshot }) {
  const t = useTranslations("snapshots");
  const locale = useLocale();
  const { size, fileCount, addedBytes, status, createdAt } = snapshot;
  return (
    <p className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-muted-foreground tabular-nums">
      <RelativeTime date={createdAt} />
      <span>
        <SnapshotAuthor snapshot={snapshot} />
      </span>
      {status === "complete" && (
        <>
          <span>{t("size", { size: formatBytes(size, locale), files: fileCount })}</span>
          <span>{addedBytes > 0 ? t("added", { size: formatBytes(addedBytes, locale) }) : t("addedNothing")}</span>
        </>
      )}
    </p>
  );
}

function Making({ job }: { job: Job }) {
  const t = useTranslations("snapshots");
  const cancel = useMutation(useTRPC().jobs.cancel.mutationOptions({ onError: useToastError() }));
  const isCancelling = cancel.isPending || cancel.isSuccess;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="min-w-0 flex-1 basis-48">
        <JobProgress job={job} />
      </div>
      {job.isCancellable && (
        <Button
          variant="outline"
          size="sm"
          className="max-md:h-11"
          disabled={isCancelling}
          onClick={() => cancel.mutate({ jobId: job.id })}
        >
          {t(isCancelling ? "cancelling" : "cancel")}
        </Button>
      )}
    </div>
  );
}

function Failure({ failure }: { failure: { code: string; message: string } }) {
  const errorText = useErrorText();
  return <p className="text-sm text-destructive">{errorText({ ...failure, details: {} }).text}</p>;
}
