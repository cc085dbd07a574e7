"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { Checkbox } from "@/components/ui/checkbox";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { FieldFault } from "../field-fault";
import { NumberField } from "../number-field";
import { SwitchField } from "../switch-field";
import { TextField } from "../text-field";
import { ChoiceField } from "./choice-field";
import { type CreateForm, difficulties, gameModes } from "./create-form-schema";
import { FormPart } from "./form-part";

const eulaAddress = "https://aka.ms/MinecraftEULA";

/** The consent to Mojang's terms, and the properties worth asking for. */
export function PartRules() {
  const t = useTranslations("create");
  const { control } = useFormContext<CreateForm>();
  const isOnlineMode = useWatch({ control, name: "rules.isOnlineMode" });
  return (
    <FormPart number={3} title={t("rules.title")} text={t("rules.text")}>
      <FormField
        control={control}
        name="acceptEula"
        render={({ field }) => (
          <FormItem className="rounded-lg border border-input p-3">
            <div className="flex items-start gap-3">
              <FormControl>
                <Checkbox
                  ref={field.ref}
                  checked={field.value}
                  onCheckedChange={(value) => field.onChange(value === true)}
                  onBlur={field.onBlur}
                  className="mt-0.5"
                />
              </FormControl>
              <div className="grid gap-1">
                <FormLabel className="leading-5">{t("eula.label")}</FormLabel>
                <FormDescription>
                  {t.rich("eula.text", {
                    link: (text) => (
                      <a
                        href={eulaAddress}
                        target="_blank"
                        rel="noreferrer"
                        className="text-primary underline underline-offset-4"
                      >
                        {text}
                      </a>
                    ),
                  })}
                </FormDescription>
                <FieldFault />
              </div>
            </div>
          </FormItem>
        )}
      />
      <TextField<CreateForm>
        name="rules.motd"
        label={t("rules.motd")}
        text={t("rules.motdText")}
        placeholder={t("rules.motdPlaceholder")}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <ChoiceField
          name="rules.gameMode"
          label={t("rules.gameMode")}
          choices={gameModes.map((mode) => ({ value: mode, label: t(`gameModes.${mode}`) }))}
        />
        <ChoiceField
          name="rules.difficulty"
          label={t("rules.difficulty")}
          choices={difficulties.map((difficulty) => ({ value: difficulty, label: t(`difficulties.${difficulty}`) }))}
        />
        <NumberField<CreateForm> name="rules.maxPlayers" label={t("rules.maxPlayers")} />
        <NumberField<CreateForm>
          name="rules.viewDistance"
          label={t("rules.viewDistance")}
          text={t("rules.viewDistanceText")}
        />
      </div>
      <TextField<CreateForm> name="rules.seed" label={t("rules.seed")} text={t("rules.seedText")} />
      <SwitchField<CreateForm>
        name="rules.isOnlineMode"
        label={t("rules.onlineMode")}
        text={t(isOnlineMode ? "rules.onlineModeText" : "rules.offlineModeText")}
        isWarning={!isOnlineMode}
      />
      <SwitchField<CreateForm> name="rules.hasWhitelist" label={t("rules.whitelist")} text={t("rules.whitelistText")} />
    </FormPart>
  );
}
