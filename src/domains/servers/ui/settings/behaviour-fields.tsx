"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { NumberField } from "../number-field";
import { SwitchField } from "../switch-field";
import type { SettingsForm } from "./settings-schema";

/** What happens by itself: after a boot of the machine and after a crash. */
export function BehaviourFields() {
  const t = useTranslations("servers.settings");
  const { control } = useFormContext<SettingsForm>();
  const restarts = useWatch({ control, name: "crashPolicy.restart" });
  return (
    <>
      <SwitchField<SettingsForm> name="autoStart" label={t("autoStart")} text={t("autoStartText")} />
      <SwitchField<SettingsForm> name="crashPolicy.restart" label={t("crashRestart")} text={t("crashRestartText")} />
      {restarts && (
        <div className="grid grid-cols-2 gap-4 sm:max-w-md">
          <NumberField<SettingsForm> name="crashPolicy.maxTries" label={t("maxTries")} />
          <NumberField<SettingsForm> name="crashPolicy.windowMinutes" label={t("windowMinutes")} />
        </div>
      )}
    </>
  );
}
