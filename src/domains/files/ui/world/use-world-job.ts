"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { useToastError } from "@/components/use-toast-error";
import type { Job } from "@/domains/jobs/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

/** The job that puts a world in; once it is in place, one click in the message brings the old one back. */
export function useWorldJob(serverId: string, jobId: string | null, onEnd: (job: Job) => void): Job | undefined {
  const t = useTranslations("files.archive.world");
  const trpc = useTRPC();
  const client = useQueryClient();
  const undo = useMutation(
    trpc.snapshots.undoRestore.mutationOptions({
      onError: useToastError(),
      onSuccess: () => {
        toast.success(t("undoing"));
        void client.invalidateQueries({ queryKey: trpc.jobs.list.queryKey() });
      },
    }),
  );
  // The event stream keeps it fresh.
  const { data: job } = useQuery({
    ...trpc.jobs.get.queryOptions({ jobId: jobId ?? "" }),
    enabled: jobId !== null,
  });
  const latest = useRef(() => {});
  latest.current = () => {
    if (!job) return;
    if (job.status === "succeeded")
      toast.success(t("done"), {
        duration: 20_000,
        action: { label: t("undo"), onClick: () => undo.mutate({ serverId }) },
      });
    for (const queryKey of [trpc.snapshots.pathKey(), trpc.files.pathKey()])
      void client.invalidateQueries({ queryKey });
    onEnd(job);
  };
  const hasEnded = job !== undefined && job.status !== "running";
  useEffect(() => {
    if (hasEnded) latest.current();
  }, [hasEnded]);
  return job;
}
