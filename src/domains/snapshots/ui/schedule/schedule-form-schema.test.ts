import { expect, it } from "vitest";
import { defaultSchedule, type Schedule, scheduleSchema } from "../../contract";
import { faultyField, fromScheduleForm, scheduleFormSchema, toScheduleForm } from "./schedule-form-schema";

const cron: Schedule = {
  ...defaultSchedule,
  isEnabled: true,
  timing: { kind: "cron", expression: "0 4 * * *", timeZone: "Asia/Tokyo" },
  whenNotQuiet: "crash_consistent",
  drillEveryHours: 24,
};

it.each([defaultSchedule, cron])("comes back from its form as it was", (schedule) => {
  const form = scheduleFormSchema.parse(toScheduleForm(schedule, "Europe/Berlin"));
  expect(scheduleSchema.parse(fromScheduleForm(form))).toEqual(schedule);
});

it("offers the viewer's zone and a night hour to whoever changes to fixed times", () => {
  const form = { ...toScheduleForm(defaultSchedule, "Europe/Berlin"), kind: "cron" as const };
  expect(fromScheduleForm(form).timing).toEqual({ kind: "cron", expression: "0 4 * * *", timeZone: "Europe/Berlin" });
});

it("finds the field that a refusal is about", () => {
  const limit = (name: string) => ({ code: "LIMIT_EXCEEDED", details: { limit: name } });
  expect(faultyField(limit("minBackupIntervalHours"), "interval")).toBe("everyHours");
  expect(faultyField(limit("maxBackupIntervalHours"), "cron")).toBe("expression");
  expect(faultyField(limit("maxBackups"), "cron")).toBe("retention.last");
  expect(faultyField({ code: "SCHEDULE_INVALID", details: {} }, "cron")).toBe("expression");
  expect(faultyField({ code: "SERVER_BUSY", details: {} }, "cron")).toBeNull();
});
