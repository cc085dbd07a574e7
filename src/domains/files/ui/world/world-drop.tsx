"use client";

import { GlobeIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { useToastError } from "@/components/use-toast-error";
import type { Job } from "@/domains/jobs/contract";
import { JobProgress } from "@/domains/jobs/ui/job-progress";
import type { Server } from "@/domains/servers/contract";
import { useServerJobs } from "@/domains/snapshots/ui/use-server-jobs";
import { useSnapshotRights } from "@/domains/snapshots/ui/use-snapshot-rights";
import { cn } from "@/lib/cn";
import { useWorldJob } from "./use-world-job";
import { WorldDialog } from "./world-dialog";

/** On the overview: a world archive that is dropped or chosen here becomes the server's world. */
export function WorldDrop({ server }: { server: Server }) {
  const t = useTranslations("files.archive.world");
  const rights = useSnapshotRights(server);
  const [file, setFile] = useState<File | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const [failure, setFailure] = useState<Job["error"]>(null);
  const toastError = useToastError();
  const job = useWorldJob(server.id, jobId, ({ status, error }) => {
    setJobId(null);
    if (status === "succeeded") setFile(null);
    else if (file) setFailure(error);
    else if (status !== "cancelled") toastError(error);
  });
  const running = useServerJobs(server.id).find(
    ({ kind, status }) => kind === "snapshots.replaceWorld" && status === "running",
  );
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  if (!rights.import || !rights.restore) return null;
  const take = (taken: File | undefined) => {
    setFailure(null);
    setFile(taken ?? null);
  };
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <section
      aria-label={t("title")}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cn(
        "flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-dashed bg-card px-4 py-2 text-sm",
        isOver && "border-primary bg-accent",
      )}
    >
      <span className="flex min-w-0 items-center gap-3 text-muted-foreground max-md:basis-full max-md:items-start">
        <GlobeIcon aria-hidden="true" className="size-4 shrink-0 max-md:mt-0.5" />
        <span className="min-w-0">{t("drop")}</span>
      </span>
      <Button variant="outline" size="sm" className="max-md:h-11" onClick={() => input.current?.click()}>
        {t("choose")}
      </Button>
      <input
        ref={input}
        type="file"
        aria-label={t("title")}
        accept=".zip,.gz,.tgz,.zst,.tar"
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => {
          take(target.files?.[0]);
          // The same file can be chosen again.
          target.value = "";
        }}
      />
      {!file && running && (
        <div className="basis-full pb-1">
          <JobProgress job={running} />
        </div>
      )}
      {file && (
        <WorldDialog
          server={server}
          file={file}
          isWorking={jobId !== null}
          job={jobId ? job : undefined}
          failure={failure}
          onSent={setJobId}
          onClose={() => setFile(null)}
        />
      )}
    </section>
  );
}
