"use client";

import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Textarea } from "@/components/ui/textarea";
import { FieldFault } from "../field-fault";
import { JavaField } from "../java-field";
import { JvmPresetField } from "../jvm-preset-field";
import type { SettingsForm } from "./settings-schema";

/** Which Java runs the server, and what it is given besides memory. */
export function JavaFields({ requiredJava }: { requiredJava: number }) {
  const t = useTranslations("servers.settings");
  const { control } = useFormContext<SettingsForm>();
  const [kind, javaMajor] = useWatch({ control, name: ["launchKind", "javaMajor"] });
  return (
    <>
      <JavaField kind={kind} requiredJava={requiredJava} />
      <JvmPresetField javaMajor={javaMajor ?? requiredJava} />
      <FormField
        control={control}
        name="jvmArgs"
        render={({ field }) => (
          <FormItem>
            <FormLabel>{t("jvmArgs")}</FormLabel>
            <FormControl>
              <Textarea {...field} rows={3} spellCheck={false} autoCapitalize="off" className="font-mono text-xs" />
            </FormControl>
            <FormDescription>{t("jvmArgsText")}</FormDescription>
            <FieldFault />
          </FormItem>
        )}
      />
    </>
  );
}
