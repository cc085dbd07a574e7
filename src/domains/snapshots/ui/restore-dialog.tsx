"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { useErrorText } from "@/components/use-error-text";
import type { Server } from "@/domains/servers/contract";
import { useTRPC } from "@/trpc/client";
import type { Snapshot } from "../contract";
import { restoreSteps } from "./restore-steps";
import { useSnapshotName } from "./use-snapshot-name";
import { useSnapshotRights } from "./use-snapshot-rights";

interface RestoreDialogProps {
  server: Server;
  snapshot: Snapshot;
  onClose: () => void;
}

/** Says exactly what a restore will do, and asks for the name where it stops a running server. */
export function RestoreDialog({ server, snapshot, onClose }: RestoreDialogProps) {
  const t = useTranslations("snapshots.restore");
  const all = useTranslations("snapshots");
  const common = useTranslations("common");
  const format = useFormatter();
  const errorText = useErrorText();
  const nameOf = useSnapshotName();
  const trpc = useTRPC();
  const client = useQueryClient();
  const { restart } = useSnapshotRights(server);
  const [typed, setTyped] = useState("");
  const restore = useMutation(
    trpc.snapshots.restore.mutationOptions({
      onSuccess: () => {
        toast.success(all("sent.restore"));
        void client.invalidateQueries({ queryKey: trpc.jobs.list.queryKey() });
        onClose();
      },
    }),
  );
  const isRunning = server.state === "running";
  const hindrance = isRunning ? (restart ? null : "stopFirst") : server.state === "stopped" ? null : "busy";
  const isReady = hindrance === null && (!isRunning || typed.trim() === server.name.trim());
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (isReady && !restore.isPending)
      restore.mutate({ snapshotId: snapshot.id, ...(isRunning ? { restart: true } : {}) });
  };
  const runs = otherRuns(server, snapshot);
  const failure = restore.error ? errorText(restore.error) : null;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle className="break-words">{t("title", { name: nameOf(snapshot) })}</DialogTitle>
            <DialogDescription>{t("text", { date: format.dateTime(snapshot.createdAt, "short") })}</DialogDescription>
          </DialogHeader>
          <div className="grid gap-2">
            <h3 id="restore-happens" className="text-sm font-medium">
              {t("happens")}
            </h3>
            <ol aria-labelledby="restore-happens" className="grid list-decimal gap-1.5 pl-5 text-sm">
              {restoreSteps(isRunning).map((step) => (
                <li key={step}>{t(`steps.${step}`, { players: String(server.live.playersOnline ?? "unknown") })}</li>
              ))}
            </ol>
            {runs && <p className="text-sm">{t("runs", { what: runs })}</p>}
            <p className="text-sm text-muted-foreground">{t("steps.undo")}</p>
          </div>
          {hindrance && (
            <p role="alert" className="text-sm text-warning">
              {t(hindrance)}
            </p>
          )}
          {isRunning && !hindrance && (
            <div className="grid gap-2">
              <Label htmlFor="restore-name" className="leading-5 select-text">
                <span>
                  {t.rich("type", {
                    name: server.name,
                    strong: (text) => <strong className="font-mono font-semibold">{text}</strong>,
                  })}
                </span>
              </Label>
              <Input
                id="restore-name"
                value={typed}
                onChange={({ target }) => setTyped(target.value)}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                aria-describedby="restore-fault"
                className="max-md:h-11"
              />
            </div>
          )}
          <p id="restore-fault" role="alert" className="text-sm text-destructive empty:hidden">
            {failure?.text}
          </p>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button
              type="submit"
              variant={isRunning ? "destructive" : "default"}
              disabled={!isReady || restore.isPending}
              className="max-md:h-11"
            >
              {t(restore.isPending ? "working" : isRunning ? "confirmRunning" : "confirm")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}

/** Type and version that a whole server goes back to; null where they are what it has. */
function otherRuns(server: Server, { resource, type, metadata }: Snapshot): string | null {
  const { serverType, minecraftVersion } = metadata;
  if (resource !== "server_full" || type === "imported" || !serverType || !minecraftVersion) return null;
  if (serverType === server.type && minecraftVersion === server.version) return null;
  return `${serverType} ${minecraftVersion}`;
}
