"use client";

import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Schedule, ScheduleState } from "../../contract";
import { Panel } from "./schedule-facts";

interface NextTimesProps {
  serverId: string;
  state: ScheduleState;
  /** What is being edited, if it could be saved. */
  draft: Schedule | null;
}

/** The next five times in the viewer's zone, of what is being edited or else of what is saved. */
export function NextTimes({ serverId, state, draft }: NextTimesProps) {
  const t = useTranslations("snapshots.next");
  const format = useFormatter();
  const zone = useTimeZone() ?? "UTC";
  const { isEnabled, timing } = draft ?? state.schedule;
  const preview = useQuery({
    ...useTRPC().snapshots.previewSchedule.queryOptions({ serverId, isEnabled, timing }),
    enabled: draft !== null && isEnabled,
    placeholderData: (before) => before,
  });
  const nextTimes = draft === null ? state.nextTimes : isEnabled ? (preview.data?.nextTimes ?? null) : [];
  return (
    <Panel title={t("title")}>
      {!isEnabled && <p className="text-muted-foreground">{t("off")}</p>}
      {isEnabled && nextTimes?.length === 0 && <p className="text-muted-foreground">{t("stopped")}</p>}
      {nextTimes && nextTimes.length > 0 && (
        <>
          <ol aria-label={t("title")} className="grid gap-1 tabular-nums">
            {nextTimes.map((time) => (
              <li key={time.getTime()}>
                <time dateTime={time.toISOString()} suppressHydrationWarning>
                  {format.dateTime(time, {
                    weekday: "short",
                    year: "numeric",
                    month: "short",
                    day: "numeric",
                    hour: "2-digit",
                    minute: "2-digit",
                  })}
                </time>
              </li>
            ))}
          </ol>
          <p className="text-xs text-muted-foreground">
            {t("zone", { zone })} {draft && t("unsaved")}
          </p>
        </>
      )}
    </Panel>
  );
}
