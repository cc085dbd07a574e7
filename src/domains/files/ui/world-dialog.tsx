"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
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
import { Progress } from "@/components/ui/progress";
import { useErrorText } from "@/components/use-error-text";
import type { Server } from "@/domains/servers/contract";
import { sendArchive } from "@/domains/snapshots/ui/send-archive";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC, useTRPCClient } from "@/trpc/client";

interface WorldDialogProps {
  server: Server;
  file: File;
  onClose: () => void;
}

/** Sends the archive, which becomes a snapshot of the world, and restores that: so the old world is kept, and can come back. */
export function WorldDialog({ server, file, onClose }: WorldDialogProps) {
  const t = useTranslations("files.archive.world");
  const common = useTranslations("common");
  const locale = useLocale();
  const errorText = useErrorText();
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  const [path, setPath] = useState("world");
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const controller = stop.current;
    return () => controller.abort();
  }, []);
  const isStopped = server.state === "stopped";
  const isBusy = sent !== null;
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (isBusy || !isStopped) return;
    setError(null);
    setSent(0);
    const query = { resource: "world", path: path.trim(), note: t("note", { name: file.name }).slice(0, 500) };
    try {
      const { signal } = stop.current;
      const snapshot = await sendArchive({ serverId: server.id, file, query, signal, onSent: setSent });
      if (!snapshot || signal.aborted) return;
      await api.snapshots.restore.mutate({ snapshotId: snapshot.id });
      toast.success(t("started"));
      void client.invalidateQueries({ queryKey: trpc.jobs.list.queryKey() });
      void client.invalidateQueries({ queryKey: trpc.snapshots.pathKey() });
      onClose();
    } catch (failure) {
      setError(failure);
      setSent(null);
    }
  };
  const bytes = (count: number) => formatBytes(count, locale);
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle className="break-words">{t("dialog", { name: file.name })}</DialogTitle>
            <DialogDescription>{t("text")}</DialogDescription>
          </DialogHeader>
          <div className="grid gap-2">
            <Label htmlFor="world-path">{t("path")}</Label>
            <Input
              id="world-path"
              value={path}
              disabled={isBusy}
              onChange={({ target }) => setPath(target.value)}
              autoComplete="off"
              spellCheck={false}
              aria-describedby="world-path-hint"
              className="font-mono max-md:h-11"
            />
            <p id="world-path-hint" className="text-sm text-muted-foreground">
              {t("pathHint")}
            </p>
          </div>
          {isBusy && (
            <div className="grid gap-1.5">
              <Progress value={sent < file.size ? (sent / file.size) * 100 : null} aria-label={t("progress")} />
              <p role="status" className="text-xs text-muted-foreground tabular-nums">
                {sent < file.size ? t("sent", { done: bytes(sent), total: bytes(file.size) }) : t("unpacking")}
              </p>
            </div>
          )}
          <p role="alert" className="text-sm text-destructive empty:hidden">
            {error ? errorText(error).text : isStopped ? null : t("stopFirst")}
          </p>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={isBusy || !isStopped || path.trim() === ""} className="max-md:h-11">
              {t("submit")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
