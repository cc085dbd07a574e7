"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import { FieldFault } from "../field-fault";
import type { SettingsForm } from "./settings-schema";

/** What happens by itself: after a boot of the machine and after a crash. */
export function BehaviourFields() {
  const t = useTranslations("servers.settings");
  const { control } = useFormContext<SettingsForm>();
  const restarts = useWatch({ control, name: "crashPolicy.restart" });
  return (
    <>
      {(["autoStart", "crashPolicy.restart"] as const).map((name) => (
        <FormField
          key={name}
          control={control}
          name={name}
          render={({ field }) => (
            <FormItem className="flex items-start justify-between gap-4">
              <div className="grid gap-1">
                <FormLabel>{t(name === "autoStart" ? "autoStart" : "crashRestart")}</FormLabel>
                <FormDescription>{t(name === "autoStart" ? "autoStartText" : "crashRestartText")}</FormDescription>
              </div>
              <FormControl>
                <Switch ref={field.ref} checked={field.value} onCheckedChange={field.onChange} onBlur={field.onBlur} />
              </FormControl>
            </FormItem>
          )}
        />
      ))}
      {restarts && (
        <div className="grid grid-cols-2 gap-4 sm:max-w-md">
          {(["crashPolicy.maxTries", "crashPolicy.windowMinutes"] as const).map((name) => (
            <FormField
              key={name}
              control={control}
              name={name}
              render={({ field }) => (
                <FormItem>
                  <FormLabel>{t(name === "crashPolicy.maxTries" ? "maxTries" : "windowMinutes")}</FormLabel>
                  <FormControl>
                    <Input
                      type="number"
                      inputMode="numeric"
                      name={field.name}
                      ref={field.ref}
                      onBlur={field.onBlur}
                      value={Number.isNaN(field.value) ? "" : field.value}
                      onChange={(event) => field.onChange(event.target.valueAsNumber)}
                      className="tabular-nums max-md:h-11"
                    />
                  </FormControl>
                  <FieldFault />
                </FormItem>
              )}
            />
          ))}
        </div>
      )}
    </>
  );
}
