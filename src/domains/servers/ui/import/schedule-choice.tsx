"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { z } from "zod";
import { TimeZonePicker } from "@/domains/auth/ui/account/time-zone-picker";
import { defaultSchedule, retentionSchema } from "@/domains/snapshots/contract";
import { ResourceChoice } from "@/domains/snapshots/ui/resource-choice";
import { isTimeZone } from "@/lib/is-time-zone";
import type { FoundSchedule, ImportServerInput } from "../../import-contract";
import { NumberField } from "../number-field";
import { useScheduleText } from "./use-schedule-text";

/** Which of the schedules that were found is taken over, as the form holds it. */
export const scheduleChoiceSchema = z.object({
  /** Its place among those that were found; null: none. */
  index: z.number().int().nullable(),
  timeZone: z.string().refine(isTimeZone, { message: "time_zone" }),
  keep: retentionSchema.shape.last,
});
export type ScheduleChoiceValues = z.output<typeof scheduleChoiceSchema>;

const keepOf = (schedule: FoundSchedule | undefined) => schedule?.keep ?? defaultSchedule.retention.last;

/** The first that can be taken over is offered; nothing is until a person has confirmed it. */
export function firstChoice(schedules: readonly FoundSchedule[], timeZone: string): ScheduleChoiceValues {
  const index = schedules.findIndex(({ becomes }) => becomes !== null);
  return { index: index < 0 ? null : index, timeZone, keep: keepOf(schedules[index]) };
}

export function chosenSchedule(
  schedules: readonly FoundSchedule[],
  { index, timeZone, keep }: ScheduleChoiceValues,
): ImportServerInput["schedule"] {
  const becomes = index === null ? null : schedules[index]?.becomes;
  if (!becomes) return undefined;
  return { timing: becomes.kind === "cron" ? { ...becomes, timeZone } : becomes, keep };
}

interface Values {
  schedule: ScheduleChoiceValues;
}

/** One schedule of snapshots is what a server has: a person says which of the found ones it is. */
export function ScheduleChoice({ schedules }: { schedules: readonly FoundSchedule[] }) {
  const t = useTranslations("imports.schedules");
  const scheduleText = useScheduleText();
  const { control, setValue } = useFormContext<Values>();
  const { index, timeZone } = useWatch({ control, name: "schedule" });
  const offered = schedules.flatMap((schedule, place) => (schedule.becomes ? [{ schedule, place }] : []));
  if (offered.length === 0) return null;
  const chosen = index === null ? undefined : schedules[index];
  return (
    <div className="grid gap-4">
      <ResourceChoice
        label={t("choose")}
        value={String(index)}
        onChange={(value) => {
          const next = value === "null" ? null : Number(value);
          setValue("schedule.index", next, { shouldDirty: true });
          if (next !== null) setValue("schedule.keep", keepOf(schedules[next]));
        }}
        choices={[
          ...offered.map(({ schedule, place }) => ({
            value: String(place),
            label: schedule.name,
            text: scheduleText(schedule),
          })),
          { value: "null", label: t("none"), text: t("noneText") },
        ]}
      />
      {chosen && (
        <div className="grid gap-5 sm:grid-cols-2">
          <NumberField<Values> name="schedule.keep" label={t("keep")} />
          {chosen.becomes?.kind === "cron" && (
            <div className="grid gap-1">
              <TimeZonePicker
                value={timeZone}
                onChange={(zone) => zone && setValue("schedule.timeZone", zone, { shouldDirty: true })}
              />
              <p className="text-xs text-muted-foreground">{t("zone")}</p>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
