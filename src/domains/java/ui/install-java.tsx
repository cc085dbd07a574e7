"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { DownloadIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { useErrorText } from "@/components/use-error-text";
import { RunningJob } from "@/domains/jobs/ui/running-job";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

interface InstallJavaProps {
  majors: readonly number[];
  /** It is there now. */
  onDone?: () => void;
}

const lookEveryMs = 1000;

/** A button for each of these Javas that fetches it, with its progress and how it ended. */
export function InstallJava({ majors, onDone }: InstallJavaProps) {
  const t = useTranslations("java");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [jobId, setJobId] = useState<string | null>(null);
  const install = useMutation(
    trpc.servers.installJava.mutationOptions({
      onSuccess: (started) => setJobId("jobId" in started ? started.jobId : null),
    }),
  );
  const { data: job } = useQuery(
    trpc.jobs.get.queryOptions(
      { jobId: jobId ?? "" },
      {
        enabled: jobId !== null,
        refetchInterval: ({ state }) => (state.data?.status === "running" ? lookEveryMs : false),
      },
    ),
  );
  const isRunning = install.isPending || (jobId !== null && (job === undefined || job.status === "running"));
  const failure = install.error ?? job?.error ?? null;
  useEffect(() => {
    if (job?.status !== "succeeded") return;
    setJobId(null);
    void client.invalidateQueries({ queryKey: trpc.servers.listJava.queryKey() });
    void client.invalidateQueries({ queryKey: trpc.servers.defaults.queryKey() });
    onDone?.();
  }, [job?.status, client, trpc, onDone]);

  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        {majors.map((major) => (
          <Button
            key={major}
            variant="outline"
            size="sm"
            disabled={isRunning}
            onClick={() => install.mutate({ javaMajor: major })}
            className="max-md:h-11"
          >
            <DownloadIcon aria-hidden="true" />
            {t("install", { major: String(major) })}
          </Button>
        ))}
      </div>
      {job && isRunning && (
        <ul className="rounded-lg border">
          <RunningJob job={job} />
        </ul>
      )}
      {failure && !isRunning && (
        <p role="alert" className="text-sm text-destructive">
          {errorText(failure).text}
        </p>
      )}
    </div>
  );
}
