"use client";

import { CircleAlertIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useErrorText } from "@/components/use-error-text";
import type { Job } from "@/domains/jobs/contract";
import { RunningJob } from "@/domains/jobs/ui/running-job";
import { useServerJobs } from "./use-server-jobs";

const restoreKinds = {
  "snapshots.restore": "restore",
  "snapshots.restoreFiles": "restoreFiles",
  "snapshots.replaceWorld": "replaceWorld",
  "snapshots.undoRestore": "undoRestore",
} as const;
type RestoreKind = keyof typeof restoreKinds;
const isRestore = (job: Job): job is Job & { kind: RestoreKind } => job.kind in restoreKinds;

/** What works on a server's snapshots now, but for their making, which its own row shows; and a last restore that failed. */
export function RestoreJobs({ serverId }: { serverId: string }) {
  const t = useTranslations("snapshots");
  const jobs = useServerJobs(serverId);
  const running = jobs.filter(
    ({ kind, status }) => status === "running" && kind.startsWith("snapshots.") && kind !== "snapshots.create",
  );
  const last = jobs.find(isRestore);
  return (
    <>
      {running.length > 0 && (
        <section aria-label={t("work.title")} className="rounded-lg border bg-card">
          <ul className="divide-y">
            {running.map((job) => (
              <RunningJob key={job.id} job={job} />
            ))}
          </ul>
        </section>
      )}
      {last && (last.status === "failed" || last.status === "interrupted") && <Outcome key={last.id} job={last} />}
    </>
  );
}

function Outcome({ job }: { job: Job & { kind: RestoreKind } }) {
  const t = useTranslations("snapshots.outcome");
  const errorText = useErrorText();
  const [isDismissed, setDismissed] = useState(false);
  if (isDismissed) return null;
  const tree = job.error?.details.tree;
  return (
    <Alert variant="destructive" className="pr-12">
      <CircleAlertIcon aria-hidden="true" />
      <AlertTitle>{t(restoreKinds[job.kind])}</AlertTitle>
      <AlertDescription>
        {job.error && <p>{errorText(job.error).text}</p>}
        {(tree === "old" || tree === "new") && <p>{t(tree)}</p>}
      </AlertDescription>
      <Button
        variant="ghost"
        size="sm"
        aria-label={t("dismiss")}
        className="absolute top-2 right-2 text-foreground"
        onClick={() => setDismissed(true)}
      >
        <XIcon />
      </Button>
    </Alert>
  );
}
