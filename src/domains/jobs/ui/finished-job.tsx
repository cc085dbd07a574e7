"use client";

import { BanIcon, CircleAlertIcon, CircleCheckIcon, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/relative-time";
import { useErrorText } from "@/components/use-error-text";
import { cn } from "@/lib/cn";
import type { Job, JobStatus } from "../contract";
import { useJobTitle } from "./use-job-title";

const marks: Record<Exclude<JobStatus, "running">, { icon: LucideIcon; color: string }> = {
  succeeded: { icon: CircleCheckIcon, color: "text-state-running" },
  failed: { icon: CircleAlertIcon, color: "text-state-crashed" },
  interrupted: { icon: CircleAlertIcon, color: "text-state-changing" },
  cancelled: { icon: BanIcon, color: "text-muted-foreground" },
};

export function FinishedJob({ job }: { job: Job }) {
  const t = useTranslations("jobs");
  const title = useJobTitle()(job);
  const errorText = useErrorText();
  if (job.status === "running") return null;
  const { icon: Icon, color } = marks[job.status];
  return (
    <li className="flex items-start gap-2.5 px-3 py-2">
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4 shrink-0", color)} />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className="truncate">{title}</p>
        {job.error && job.status !== "cancelled" && (
          <p className="text-xs text-muted-foreground">{errorText(job.error).text}</p>
        )}
        <p className="text-xs text-muted-foreground">
          {t(`status.${job.status}`)}
          {job.finishedAt && (
            <>
              {" · "}
              <RelativeTime date={job.finishedAt} />
            </>
          )}
        </p>
      </div>
    </li>
  );
}
