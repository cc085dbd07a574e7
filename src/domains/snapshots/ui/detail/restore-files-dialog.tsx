"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { errorBodyOf } from "@/components/error-body";
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
import { type Snapshot, snapshotPathSchema } from "../../contract";
import { ResourceChoice } from "../resource-choice";
import { useSnapshotName } from "../use-snapshot-name";

interface RestoreFilesDialogProps {
  server: Server;
  snapshot: Snapshot;
  paths: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

const shownPaths = 8;

/** Chosen files and folders come back: into their places while the server is stopped, or into a new folder at any time. */
export function RestoreFilesDialog({ server, snapshot, paths, onClose, onDone }: RestoreFilesDialogProps) {
  const t = useTranslations("snapshots.files");
  const all = useTranslations("snapshots");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const nameOf = useSnapshotName();
  const trpc = useTRPC();
  const client = useQueryClient();
  const isStopped = server.state === "stopped";
  const [chosen, setChosen] = useState<"place" | "beside">(isStopped ? "place" : "beside");
  const where = isStopped ? chosen : "beside";
  const [folder, setFolder] = useState(`restored-${snapshot.version}`);
  const restore = useMutation(
    trpc.snapshots.restoreFiles.mutationOptions({
      onSuccess: () => {
        toast.success(all("sent.restore"));
        void client.invalidateQueries({ queryKey: trpc.jobs.list.queryKey() });
        onDone();
      },
    }),
  );
  const to = folder.trim().replace(/^\/+|\/+$/g, "");
  const isReady = where === "place" || (to !== "" && snapshotPathSchema.safeParse(to).success);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!isReady || restore.isPending) return;
    restore.mutate({ snapshotId: snapshot.id, paths: [...paths], ...(where === "beside" ? { to } : {}) });
  };
  const doesExist = errorBodyOf(restore.error)?.code === "VALIDATION_FAILED";
  const failure = restore.error ? (doesExist ? t("folderExists") : errorText(restore.error).text) : null;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle className="break-all">
              {paths.length === 1 ? t("titleOne", { path: paths[0] ?? "" }) : t("title", { count: paths.length })}
            </DialogTitle>
            <DialogDescription>{nameOf(snapshot)}</DialogDescription>
          </DialogHeader>
          {paths.length > 1 && (
            <ul className="grid gap-0.5 rounded-md bg-muted px-3 py-2 font-mono text-xs break-all">
              {paths.slice(0, shownPaths).map((path) => (
                <li key={path}>{path}</li>
              ))}
              {paths.length > shownPaths && (
                <li className="text-muted-foreground">{t("more", { count: paths.length - shownPaths })}</li>
              )}
            </ul>
          )}
          <ResourceChoice
            label={t("where")}
            value={where}
            onChange={(value) => {
              setChosen(value);
              restore.reset();
            }}
            choices={[
              {
                value: "place",
                label: t("place"),
                text: t(isStopped ? "placeText" : "placeStopped"),
                isDisabled: !isStopped,
              },
              { value: "beside", label: t("beside"), text: t("besideText") },
            ]}
          />
          {where === "beside" && (
            <div className="grid gap-2">
              <Label htmlFor="restore-folder">{t("folder")}</Label>
              <Input
                id="restore-folder"
                value={folder}
                onChange={({ target }) => {
                  setFolder(target.value);
                  restore.reset();
                }}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                aria-invalid={failure !== null}
                aria-describedby="restore-folder-hint restore-files-fault"
                className="font-mono max-md:h-11"
              />
              <p id="restore-folder-hint" className="text-sm text-muted-foreground">
                {t("folderHint")}
              </p>
            </div>
          )}
          <p id="restore-files-fault" role="alert" className="text-sm text-destructive empty:hidden">
            {failure}
          </p>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={!isReady || restore.isPending} className="max-md:h-11">
              {t("confirm")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
