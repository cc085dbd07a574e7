"use client";

import { useMutation } from "@tanstack/react-query";
import { CheckIcon, CircleIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { useToastError } from "@/components/use-toast-error";
import type { Job } from "@/domains/jobs/contract";
import { RunningJob } from "@/domains/jobs/ui/running-job";
import { cn } from "@/lib/cn";
import { useTRPC } from "@/trpc/client";
import type { LastChange } from "../../change-contract";
import type { Server } from "../../contract";
import { changeSteps } from "./change-steps";
import { SecondsLeft } from "./trial-note";

interface ChangeProgressProps {
  server: Server;
  job: Job;
  change: LastChange | null;
}

/** The steps of a change that is under way, the trial's countdown, and the way back. */
export function ChangeProgress({ server, job, change }: ChangeProgressProps) {
  const t = useTranslations("servers.change");
  const types = useTranslations("versions.types");
  const steps = useTranslations("jobs.steps");
  const cancel = useMutation(useTRPC().jobs.cancel.mutationOptions({ onError: useToastError() }));
  if (job.kind === "servers.undoChange")
    return (
      <section aria-label={t("undoSent")} className="rounded-lg border bg-card">
        <ul>
          <RunningJob job={job} />
        </ul>
      </section>
    );
  const name = change ? `${types(change.to.type)} ${change.to.version}` : "…";
  const share = job.done !== null && job.total ? (job.done / job.total) * 100 : null;
  const until = server.trial?.healthyUntil ?? null;
  return (
    <section aria-label={t("working", { name })}>
      <Card className="border-state-changing/50">
        <CardHeader>
          <CardTitle>{t("working", { name })}</CardTitle>
        </CardHeader>
        <CardContent className="grid gap-4">
          <ol aria-label={t("steps")} className="grid gap-2.5 text-sm">
            {changeSteps(job).map(({ name: step, state }) => (
              <li key={step} aria-current={state === "active" ? "step" : undefined} className="grid gap-1.5">
                <span className={cn("flex items-center gap-3", state === "waiting" && "text-muted-foreground")}>
                  {state === "done" ? (
                    <CheckIcon aria-hidden="true" className="size-4 text-state-running" />
                  ) : (
                    <CircleIcon
                      aria-hidden="true"
                      className={cn(
                        "size-4",
                        state === "active"
                          ? "animate-state-pulse fill-current text-state-changing"
                          : "text-muted-foreground",
                      )}
                    />
                  )}
                  <span>{step === "keep" ? t("keep") : steps(step)}</span>
                  <span className="sr-only">
                    {t(state === "done" ? "stepDone" : state === "active" ? "stepActive" : "stepWaiting")}
                  </span>
                  {step === "trial" && state === "active" && until && (
                    <span className="ml-auto text-xs text-muted-foreground tabular-nums">
                      <SecondsLeft until={until} />
                    </span>
                  )}
                </span>
                {state === "active" && step !== "trial" && <Progress value={share} aria-label={steps("other")} />}
              </li>
            ))}
          </ol>
          {server.trial && <p className="text-sm text-muted-foreground">{t("onTrialText")}</p>}
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-xs text-muted-foreground">{t("leave")}</p>
            {job.isCancellable && (
              <Button
                variant="outline"
                size="sm"
                disabled={cancel.isPending || cancel.isSuccess}
                onClick={() => cancel.mutate({ jobId: job.id })}
                className="max-md:h-11"
              >
                {t("cancel")}
              </Button>
            )}
          </div>
        </CardContent>
      </Card>
    </section>
  );
}
