"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowUpDownIcon, Undo2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { RelativeTime } from "@/components/relative-time";
import { Button } from "@/components/ui/button";
import { useToastError } from "@/components/use-toast-error";
import { useSnapshotRights } from "@/domains/snapshots/ui/use-snapshot-rights";
import { useTRPC } from "@/trpc/client";
import type { LastChange } from "../../change-contract";
import type { Server } from "../../contract";
import { usePermission } from "../use-permission";

/** After a change of version: what it was before, and the way back. */
export function UndoChange({ server, change }: { server: Server; change: LastChange }) {
  const t = useTranslations("servers.change");
  const types = useTranslations("versions.types");
  const trpc = useTRPC();
  const client = useQueryClient();
  const { may } = usePermission();
  const { restore } = useSnapshotRights(server);
  const [isAsking, setAsking] = useState(false);
  const undo = useMutation(
    trpc.servers.undoChange.mutationOptions({
      onError: useToastError(),
      onSuccess: () => {
        toast.success(t("undoSent"));
        void client.invalidateQueries({ queryKey: trpc.jobs.list.queryKey() });
      },
    }),
  );
  const nameOf = ({ type, version }: LastChange["from"]) => `${types(type)} ${version}`;
  const isRunning = server.state === "running";
  const canUndo = restore && may(server, "update") && may(server, "restart");
  const text = t("undoText", { name: nameOf(change.from) });
  return (
    <section
      aria-label={t("changed", { name: nameOf(change.to) })}
      className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-primary/50 bg-card px-4 py-3"
    >
      <ArrowUpDownIcon aria-hidden="true" className="size-4 shrink-0 text-primary" />
      <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
        <p className="font-medium">
          {t("changed", { name: nameOf(change.to) })}{" "}
          <RelativeTime date={change.startedAt} className="text-xs font-normal text-muted-foreground" />
        </p>
        <p className="text-sm text-muted-foreground">{t("changedText", { name: nameOf(change.from) })}</p>
      </div>
      {canUndo && (
        <Button
          variant="outline"
          disabled={(server.state !== "stopped" && !isRunning) || undo.isPending}
          onClick={() => setAsking(true)}
          className="max-md:h-11"
        >
          <Undo2Icon aria-hidden="true" />
          {t("undo")}
        </Button>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t("undoTitle")}
          text={isRunning ? `${text} ${t("undoRunning")}` : text}
          action={t("undo")}
          onConfirm={() => undo.mutate({ serverId: server.id })}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
