"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
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
import type { Job } from "@/domains/jobs/contract";
import type { Server } from "@/domains/servers/contract";
import { sendArchive } from "@/domains/snapshots/ui/send-archive";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { jobShare, sentShare } from "./world-progress";

interface WorldDialogProps {
  server: Server;
  file: File;
  /** All of it was sent, and a job works on it. */
  isWorking: boolean;
  job: Job | undefined;
  /** Why the last try did not go through. */
  failure: unknown;
  onSent: (jobId: string) => void;
  onClose: () => void;
}

/** Sends an archive that becomes the server's world, and shows the whole way of it. Closing stops what is not sent yet. */
export function WorldDialog({ server, file, isWorking, job, failure, onSent, onClose }: WorldDialogProps) {
  const t = useTranslations("files.archive.world");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const trpc = useTRPC();
  const client = useQueryClient();
  const { data } = useQuery(trpc.servers.properties.queryOptions({ serverId: server.id }));
  const [typed, setTyped] = useState<string | null>(null);
  const path = typed ?? (data?.properties["level-name"] || "world");
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const controller = stop.current;
    return () => controller.abort();
  }, []);
  const isStopped = server.state === "stopped";
  const isBusy = sent !== null || isWorking;
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (isBusy || !isStopped) return;
    setError(null);
    setSent(0);
    const query = { path: path.trim(), note: t("note", { name: file.name }).slice(0, 500) };
    try {
      const { signal } = stop.current;
      const upload = { serverId: server.id, file, as: "world", query, signal, onSent: setSent } as const;
      const started = await sendArchive<{ jobId: string }>(upload);
      if (!started || signal.aborted) return;
      onSent(started.jobId);
      void client.invalidateQueries({ queryKey: trpc.jobs.list.queryKey() });
    } catch (thrown) {
      setError(thrown);
    }
    setSent(null);
  };
  const reason = error ?? failure;
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
              onChange={({ target }) => setTyped(target.value)}
              autoComplete="off"
              spellCheck={false}
              aria-describedby="world-path-hint"
              className="font-mono max-md:h-11"
            />
            <p id="world-path-hint" className="text-sm text-muted-foreground">
              {t("pathHint")}
            </p>
          </div>
          {isBusy && <Way file={file} sent={sent ?? file.size} job={job} />}
          <p role="alert" className="text-sm text-destructive empty:hidden">
            {isBusy ? null : reason ? errorText(reason).text : isStopped ? null : t("stopFirst")}
          </p>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common(isWorking ? "close" : "cancel")}
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

type Step = "unpack" | "read" | "extract" | "pre_restore" | "swap" | "other";

/** One bar from the first byte to the world in its place. */
function Way({ file, sent, job }: { file: File; sent: number; job: Job | undefined }) {
  const t = useTranslations("files.archive.world");
  const jobs = useTranslations("jobs.steps");
  const locale = useLocale();
  const bytes = (count: number) => formatBytes(count, locale);
  const step = (job?.step && jobs.has(job.step as Step) ? job.step : "other") as Step;
  return (
    <div className="grid gap-1.5">
      <Progress value={job ? jobShare(job) : sentShare(sent, file.size)} aria-label={t(job ? "working" : "progress")} />
      <p role="status" className="text-xs text-muted-foreground tabular-nums">
        {job ? jobs(step) : t("sent", { done: bytes(Math.min(sent, file.size)), total: bytes(file.size) })}
      </p>
      {job && <p className="text-xs text-muted-foreground">{t("goesOn")}</p>}
    </div>
  );
}
