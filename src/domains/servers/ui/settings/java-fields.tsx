"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { FieldFault } from "../field-fault";
import type { SettingsForm } from "./settings-schema";

const automatic = "auto";

/** Which Java runs the server, and what it is given besides memory. */
export function JavaFields({ requiredJava }: { requiredJava: number }) {
  const t = useTranslations("servers.settings");
  const { control } = useFormContext<SettingsForm>();
  const trpc = useTRPC();
  const { data: javas = [] } = useQuery(trpc.servers.listJava.queryOptions(undefined, { staleTime: 300_000 }));
  const installed = new Set(javas.map(({ major }) => major));
  return (
    <>
      <FormField
        control={control}
        name="javaMajor"
        render={({ field }) => {
          const majors = [...new Set([...installed, ...(field.value === null ? [] : [field.value])])].sort(
            (a, b) => a - b,
          );
          return (
            <FormItem>
              <FormLabel>{t("java")}</FormLabel>
              <Select
                value={field.value === null ? automatic : String(field.value)}
                onValueChange={(value) => field.onChange(value === automatic ? null : Number(value))}
              >
                <FormControl>
                  <SelectTrigger ref={field.ref} className="w-full max-md:h-11 sm:w-72">
                    <SelectValue />
                  </SelectTrigger>
                </FormControl>
                <SelectContent>
                  <SelectItem value={automatic}>{t("javaAuto", { major: String(requiredJava) })}</SelectItem>
                  {majors.map((major) => (
                    <SelectItem key={major} value={String(major)}>
                      {t(installed.has(major) ? "javaMajor" : "javaMissing", { major: String(major) })}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
              <FormDescription>{t("javaText")}</FormDescription>
              <FieldFault />
            </FormItem>
          );
        }}
      />
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
