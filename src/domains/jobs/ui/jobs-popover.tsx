"use client";

import { ActivityIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useLiveConnection } from "@/components/live/live-connection";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { FinishedJob } from "./finished-job";
import { RunningJob } from "./running-job";

/** The jobs of the top bar: how many run, their progress, a way to cancel, and how the last ones ended. */
export function JobsPopover() {
  const titleId = useId();
  const t = useTranslations("jobs");
  const trpc = useTRPC();
  const [isOpen, setIsOpen] = useState(false);
  // The stream's first word has everything read anew: asking before it would ask twice.
  const isReady = useLiveConnection() !== "connecting";
  const running = useQuery({ ...trpc.jobs.list.queryOptions({ active: true }), enabled: isReady }).data?.items ?? [];
  const recent = useQuery({ ...trpc.jobs.list.queryOptions({ limit: 10 }), enabled: isOpen }).data?.items ?? [];
  const finished = recent.filter((job) => job.status !== "running").slice(0, 5);
  const label = t("button", { count: running.length });
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          className="gap-1.5 px-2 text-muted-foreground"
          aria-label={label}
          title={label}
        >
          <ActivityIcon className={running.length > 0 ? "animate-state-pulse text-state-changing" : undefined} />
          {running.length > 0 && <span className="text-foreground tabular-nums">{running.length}</span>}
        </Button>
      </PopoverTrigger>
      <PopoverContent
        align="end"
        aria-labelledby={titleId}
        tabIndex={0}
        className="max-h-[min(32rem,80dvh)] w-88 overflow-y-auto p-0"
      >
        <h2 id={titleId} className="border-b px-3 py-2 font-medium">
          {t("title")}
        </h2>
        {running.length === 0 && <p className="p-3 text-muted-foreground">{t("none")}</p>}
        <ul className="divide-y">
          {running.map((job) => (
            <RunningJob key={job.id} job={job} />
          ))}
        </ul>
        {finished.length > 0 && (
          <>
            <h3 className="border-t px-3 pt-2.5 pb-1 text-xs font-medium text-muted-foreground">{t("recent")}</h3>
            <ul className="pb-1.5">
              {finished.map((job) => (
                <FinishedJob key={job.id} job={job} />
              ))}
            </ul>
          </>
        )}
      </PopoverContent>
    </Popover>
  );
}
