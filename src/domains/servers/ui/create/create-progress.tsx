"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CheckIcon, CircleIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { useToastError } from "@/components/use-toast-error";
import type { Job } from "@/domains/jobs/contract";
import type { ServerType } from "@/domains/versions/contract";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC } from "@/trpc/client";
import { createSteps } from "./create-steps";
import { OutputLines } from "./output-lines";

/** A server being created: its named steps, how far the download is, and a way to stop it. */
export function CreateProgress({ job, type }: { job: Job; type: ServerType | null }) {
  const t = useTranslations("create.progress");
  const steps = useTranslations("jobs.steps");
  const locale = useLocale();
  const trpc = useTRPC();
  const client = useQueryClient();
  const cancel = useMutation(
    trpc.jobs.cancel.mutationOptions({
      // The event may have told of the end already: the answer is asked for anew, not taken from here.
      onSettled: () => client.invalidateQueries({ queryKey: trpc.jobs.get.queryKey({ jobId: job.id }) }),
      onError: useToastError(),
    }),
  );
  const share = job.done !== null && job.total ? (job.done / job.total) * 100 : null;
  const amount =
    job.unit === "bytes" && job.done !== null
      ? t("bytes", {
          done: formatBytes(job.done, locale),
          total: job.total === null ? "none" : formatBytes(job.total, locale),
        })
      : null;
  return (
    <Card className="mx-auto w-full max-w-xl">
      <CardHeader>
        <CardTitle>{t("title", { name: job.subject })}</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-5">
        <ol className="grid gap-3">
          {createSteps(job, type).map(({ name, state }) => {
            const key = name as Parameters<typeof steps.has>[0];
            return (
              <li key={name} aria-current={state === "active" ? "step" : undefined} className="grid gap-2">
                <div className={cn("flex items-center gap-3", state === "waiting" && "text-muted-foreground")}>
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
                  <span>{steps.has(key) ? steps(key as "other") : name}</span>
                  <span className="sr-only">{t(state)}</span>
                  {state === "active" && amount && (
                    <span className="ml-auto text-xs text-muted-foreground tabular-nums">{amount}</span>
                  )}
                </div>
                {state === "active" && <Progress value={share} aria-label={t("amount")} />}
                {state === "active" && job.output && <OutputLines lines={job.output} label={t("output")} />}
              </li>
            );
          })}
        </ol>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-xs text-muted-foreground">{t("leave")}</p>
          <Button
            variant="outline"
            size="sm"
            disabled={!job.isCancellable || cancel.isPending}
            onClick={() => cancel.mutate({ jobId: job.id })}
            className="max-md:h-11"
          >
            {t(cancel.isPending ? "cancelling" : "cancel")}
          </Button>
        </div>
      </CardContent>
    </Card>
  );
}
