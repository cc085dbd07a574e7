"use client";

import { useTranslations } from "next-intl";
import type { Job } from "../contract";

/** What a job is about, in words: "Create Survival". */
export function useJobTitle(): (job: Pick<Job, "kind" | "subject">) => string {
  const t = useTranslations("jobs.kinds");
  return ({ kind, subject }) => t(kind, { subject });
}
