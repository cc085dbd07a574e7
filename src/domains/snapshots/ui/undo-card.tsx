"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCcwIcon, Undo2Icon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Button } from "@/components/ui/button";
import { useToastError } from "@/components/use-toast-error";
import type { Server } from "@/domains/servers/contract";
import { useTRPC } from "@/trpc/client";
import type { SnapshotUsage } from "../contract";
import { useServerJobs } from "./use-server-jobs";
import { useSnapshotName } from "./use-snapshot-name";
import { useSnapshotRights } from "./use-snapshot-rights";
import { useWhen } from "./use-when";

interface UndoCardProps {
  server: Server;
  undoable: NonNullable<SnapshotUsage["undoable"]>;
}

/** After a restore: where the files came from, and the way back. */
export function UndoCard({ server, undoable }: UndoCardProps) {
  const t = useTranslations("snapshots");
  const when = useWhen();
  const nameOf = useSnapshotName();
  const rights = useSnapshotRights(server);
  const trpc = useTRPC();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const isWorking = useServerJobs(server.id).some(
    ({ kind, status }) => status === "running" && kind.startsWith("snapshots."),
  );
  const undo = useMutation(
    trpc.snapshots.undoRestore.mutationOptions({
      onError: useToastError(),
      onSuccess: () => {
        toast.success(t("sent.undo"));
        void client.invalidateQueries({ queryKey: trpc.jobs.list.queryKey() });
      },
    }),
  );
  const isRunning = server.state === "running";
  const canNow = server.state === "stopped" || (isRunning && rights.restart);
  const source = undoable.snapshot;
  return (
    <section
      aria-label={t("undo.button")}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-primary/50 bg-card px-4 py-3"
    >
      <RotateCcwIcon aria-hidden="true" className="size-4 shrink-0 text-primary" />
      <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
        <p className="font-medium" suppressHydrationWarning>
          {t("undo.title", { when: when(undoable.restoredAt) })}
        </p>
        <p className="text-sm text-muted-foreground">
          {t("undo.text", { name: source ? nameOf(source) : t("undo.unknownSource") })}
          {rights.restore && !canNow && <> {t("undo.stopFirst")}</>}
        </p>
        {source && (
          <Link
            href={`/servers/${server.id}/snapshots/${source.id}`}
            className="w-fit text-sm underline underline-offset-4"
          >
            {t("actions.open")}
          </Link>
        )}
      </div>
      {rights.restore && (
        <Button
          variant="outline"
          disabled={!canNow || isWorking || undo.isPending}
          className="max-md:h-11"
          onClick={() => (isRunning ? setAsking(true) : undo.mutate({ serverId: server.id }))}
        >
          <Undo2Icon />
          {t("undo.button")}
        </Button>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t("undo.confirmTitle")}
          text={t("undo.confirmText")}
          action={t("undo.confirm")}
          onConfirm={() => undo.mutate({ serverId: server.id, restart: true })}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
