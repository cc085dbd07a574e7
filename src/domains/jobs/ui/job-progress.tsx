"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Progress } from "@/components/ui/progress";
import { formatBytes } from "@/lib/format-bytes";
import type { Job } from "../contract";
import { useJobTitle } from "./use-job-title";

type Step = "prepare" | "download" | "image" | "verify" | "layout" | "save" | "start" | "stop" | "trash" | "other";

/** A running job's named step, its bar, and how far it is where that is known. */
export function JobProgress({ job }: { job: Job }) {
  const t = useTranslations("jobs");
  const locale = useLocale();
  const format = useFormatter();
  const title = useJobTitle()(job);
  const { done, total, unit } = job;
  const share = done !== null && total ? Math.min(1, done / total) : null;
  const step = job.step && t.has(`steps.${job.step as Step}`) ? (job.step as Step) : "other";
  return (
    <div className="grid gap-1.5">
      <Progress value={share === null ? null : share * 100} aria-label={title} />
      <div className="flex justify-between gap-2 text-xs text-muted-foreground tabular-nums">
        <span>{t(`steps.${step}`)}</span>
        {done !== null && total !== null && unit === "bytes" && (
          <span>{t("bytes", { done: formatBytes(done, locale), total: formatBytes(total, locale) })}</span>
        )}
        {done !== null && total !== null && unit === "files" && <span>{t("files", { done, total })}</span>}
        {share !== null && !unit && <span>{format.number(share, "percent")}</span>}
      </div>
    </div>
  );
}
