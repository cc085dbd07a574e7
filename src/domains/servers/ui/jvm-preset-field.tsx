"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { type JvmPreset, jvmPresets } from "@/domains/launch/contract";
import { presetNeedsJava } from "@/domains/launch/jvm-presets";
import { FieldFault } from "./field-fault";

/** A set of flags for garbage collection. What the Java that will be used does not have cannot be chosen. The field is named `jvmPreset`. */
export function JvmPresetField({ javaMajor }: { javaMajor: number | null }) {
  const t = useTranslations("jvm.presets");
  const { control } = useFormContext<{ jvmPreset: JvmPreset }>();
  return (
    <FormField
      control={control}
      name="jvmPreset"
      render={({ field }) => (
        <FormItem>
          <FormLabel>{t("label")}</FormLabel>
          <Select value={field.value} onValueChange={field.onChange}>
            <FormControl>
              <SelectTrigger ref={field.ref} className="w-full max-md:h-11 sm:w-72">
                <SelectValue />
              </SelectTrigger>
            </FormControl>
            <SelectContent>
              {jvmPresets.map((preset) => {
                const isTooOld = javaMajor !== null && javaMajor < presetNeedsJava[preset];
                return (
                  <SelectItem key={preset} value={preset} disabled={isTooOld}>
                    {isTooOld
                      ? t("needsJava", { name: t(`${preset}.name`), major: String(presetNeedsJava[preset]) })
                      : t(`${preset}.name`)}
                  </SelectItem>
                );
              })}
            </SelectContent>
          </Select>
          <FormDescription>{t(`${field.value}.text`)}</FormDescription>
          <FieldFault />
        </FormItem>
      )}
    />
  );
}
