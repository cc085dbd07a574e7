"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { LabelledField } from "@/components/labelled-field";
import { Input } from "@/components/ui/input";
import { FieldFault } from "../field-fault";
import type { SettingsForm } from "./settings-schema";

/** How many cores a container may use. A process of the host has no such limit. */
export function CpuField() {
  const t = useTranslations("servers.settings");
  const { control } = useFormContext<SettingsForm>();
  const kind = useWatch({ control, name: "launchKind" });
  if (kind === "host") return null;
  return (
    <LabelledField
      control={control}
      name="cpuLimit"
      label={t("cpuLimit")}
      hint={t("cpuLimitText")}
      fault={<FieldFault />}
    >
      {(field) => <Input {...field} inputMode="decimal" className="w-28 text-right" />}
    </LabelledField>
  );
}
