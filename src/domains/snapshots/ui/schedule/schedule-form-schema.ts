import { z } from "zod";
import { isTimeZone } from "@/lib/is-time-zone";
import { retentionSchema, type Schedule, scheduleSchema } from "../../contract";

/** The schedule as its form holds it: both kinds of timing side by side, so that nothing typed is lost by a look at the other. */
export const scheduleFormSchema = z
  .object({
    isEnabled: z.boolean(),
    kind: z.enum(["interval", "cron"]),
    everyHours: z.number().int().min(1).max(8760),
    expression: z.string().trim().min(9).max(100),
    timeZone: z.string().refine(isTimeZone, { message: "time_zone" }),
    resource: scheduleSchema.shape.resource,
    onlyIfPlayed: z.boolean(),
    isCrashConsistentAllowed: z.boolean(),
    hasDrill: z.boolean(),
    drillEveryHours: z.number().int().min(1).max(8760),
    retention: retentionSchema,
  })
  .strict();
export type ScheduleForm = z.input<typeof scheduleFormSchema>;

export function toScheduleForm(schedule: Schedule, viewerZone: string): ScheduleForm {
  const { timing, whenNotQuiet, drillEveryHours, ...rest } = schedule;
  const isCron = timing.kind === "cron";
  return {
    ...rest,
    kind: timing.kind,
    everyHours: isCron ? 24 : timing.everyHours,
    expression: isCron ? timing.expression : "0 4 * * *",
    timeZone: isCron ? timing.timeZone : viewerZone,
    isCrashConsistentAllowed: whenNotQuiet === "crash_consistent",
    hasDrill: drillEveryHours !== null,
    drillEveryHours: drillEveryHours ?? 168,
  };
}

export function fromScheduleForm(form: z.output<typeof scheduleFormSchema>): Schedule {
  const { isEnabled, resource, onlyIfPlayed, retention } = form;
  return {
    isEnabled,
    resource,
    onlyIfPlayed,
    retention,
    timing:
      form.kind === "interval"
        ? { kind: "interval", everyHours: form.everyHours }
        : { kind: "cron", expression: form.expression, timeZone: form.timeZone },
    whenNotQuiet: form.isCrashConsistentAllowed ? "crash_consistent" : "fail",
    drillEveryHours: form.hasDrill ? form.drillEveryHours : null,
  };
}

const fieldOfLimit = {
  minBackupIntervalHours: { interval: "everyHours", cron: "expression" },
  maxBackupIntervalHours: { interval: "everyHours", cron: "expression" },
  maxBackups: { interval: "retention.last", cron: "retention.last" },
} as const;

/** The field that a refusal is about; null where it is about none of them. */
export function faultyField(
  { code, details }: { code: string; details: Record<string, unknown> },
  kind: ScheduleForm["kind"],
): "everyHours" | "expression" | "retention.last" | null {
  if (code === "SCHEDULE_INVALID") return "expression";
  const limit = details.limit;
  if (code !== "LIMIT_EXCEEDED" || typeof limit !== "string" || !(limit in fieldOfLimit)) return null;
  return fieldOfLimit[limit as keyof typeof fieldOfLimit][kind];
}
