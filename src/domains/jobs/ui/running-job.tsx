"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";
import type { Job } from "../contract";
import { JobProgress } from "./job-progress";
import { useJobTitle } from "./use-job-title";

export function RunningJob({ job }: { job: Job }) {
  const t = useTranslations("jobs");
  const title = useJobTitle()(job);
  const cancel = useMutation(useTRPC().jobs.cancel.mutationOptions({ onError: useToastError() }));
  const isCancelling = cancel.isPending || cancel.isSuccess;
  return (
    <li className="grid gap-2 p-3">
      <div className="flex items-start justify-between gap-2">
        <div className="min-w-0">
          <p className="truncate font-medium">{title}</p>
          <p className="text-xs text-muted-foreground">{t("by", { name: job.startedBy })}</p>
        </div>
        {job.isCancellable && (
          <Button
            variant="outline"
            size="sm"
            className="h-7"
            disabled={isCancelling}
            aria-label={t("cancelJob", { title })}
            onClick={() => cancel.mutate({ jobId: job.id })}
          >
            {t(isCancelling ? "cancelling" : "cancel")}
          </Button>
        )}
      </div>
      <JobProgress job={job} />
    </li>
  );
}
