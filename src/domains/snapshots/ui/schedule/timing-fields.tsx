"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { TimeZonePicker } from "@/domains/auth/ui/account/time-zone-picker";
import { NumberField } from "@/domains/servers/ui/number-field";
import { TextField } from "@/domains/servers/ui/text-field";
import { ResourceChoice } from "../resource-choice";
import type { ScheduleForm } from "./schedule-form-schema";

const presets = { daily: "0 4 * * *", sixHours: "0 */6 * * *", weekly: "0 4 * * 0" } as const;
const presetNames = ["daily", "sixHours", "weekly"] as const;

/** Every few hours, or at fixed times of a time zone. */
export function TimingFields() {
  const t = useTranslations("snapshots.scheduleForm");
  const { control, setValue } = useFormContext<ScheduleForm>();
  const [kind, timeZone] = useWatch({ control, name: ["kind", "timeZone"] });
  const viewerZone = useTimeZone() ?? "UTC";
  const set = { shouldDirty: true, shouldValidate: true } as const;
  return (
    <div className="grid gap-4">
      <ResourceChoice
        label={t("when")}
        value={kind}
        onChange={(value) => setValue("kind", value, set)}
        choices={(["interval", "cron"] as const).map((value) => ({ value, label: t(value), text: t(`${value}Text`) }))}
      />
      {kind === "interval" && (
        <div className="sm:max-w-xs">
          <NumberField<ScheduleForm> name="everyHours" label={t("everyHours")} />
        </div>
      )}
      {kind === "cron" && (
        <div className="grid gap-4">
          <fieldset className="flex min-w-0 flex-wrap gap-2">
            <legend className="mb-2 text-sm font-medium">{t("presets")}</legend>
            {presetNames.map((name) => (
              <Button
                key={name}
                variant="outline"
                size="sm"
                className="max-md:h-11"
                onClick={() => setValue("expression", presets[name], set)}
              >
                {t(`preset.${name}`)}
              </Button>
            ))}
          </fieldset>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField<ScheduleForm>
              name="expression"
              label={t("expression")}
              text={t("expressionHint")}
              spellCheck={false}
              className="font-mono"
            />
            <TimeZonePicker value={timeZone} onChange={(zone) => setValue("timeZone", zone ?? viewerZone, set)} />
          </div>
        </div>
      )}
    </div>
  );
}
