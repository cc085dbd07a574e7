"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { NumberField } from "@/domains/servers/ui/number-field";
import type { ScheduleForm } from "./schedule-form-schema";
import { retentionTiers, useKeepsText } from "./use-keeps-text";

/** How many stay of each kind, and the same in words. */
export function RetentionFields() {
  const t = useTranslations("snapshots");
  const { control } = useFormContext<ScheduleForm>();
  const keepsText = useKeepsText();
  const retention = useWatch({ control, name: "retention" });
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend className="mb-1 text-sm font-medium">{t("scheduleForm.retention")}</legend>
      <p className="text-sm text-muted-foreground">{t("scheduleForm.retentionText")}</p>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
        {retentionTiers.map((tier) => (
          <NumberField<ScheduleForm> key={tier} name={`retention.${tier}`} label={t(`retention.${tier}`)} />
        ))}
      </div>
      <p role="status" className="text-sm">
        {keepsText(retention)}
      </p>
    </fieldset>
  );
}
