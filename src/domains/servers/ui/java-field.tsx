"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { imageJava, imageJavas, type LaunchKind } from "@/domains/launch/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { FieldFault } from "./field-fault";

const automatic = "auto";

interface JavaFieldProps {
  kind: LaunchKind;
  /** What the version asks for; null while none is chosen. */
  requiredJava: number | null;
}

/** Which Java runs the server: one of this machine, or one that the image has a tag for. The field is named `javaMajor` in every form. */
export function JavaField({ kind, requiredJava }: JavaFieldProps) {
  const t = useTranslations("servers.settings");
  const launch = useTranslations("launch.java");
  const { control } = useFormContext<{ javaMajor: number | null }>();
  const isHost = kind === "host";
  const trpc = useTRPC();
  const { data: javas = [] } = useQuery(trpc.servers.listJava.queryOptions(undefined, { staleTime: 300_000 }));
  const offered = new Set<number>(isHost ? javas.map(({ major }) => major) : imageJavas);
  const automatically = requiredJava === null || isHost ? requiredJava : imageJava(requiredJava);
  return (
    <FormField
      control={control}
      name="javaMajor"
      render={({ field }) => {
        const majors = [...new Set([...offered, ...(field.value === null ? [] : [field.value])])].sort((a, b) => a - b);
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
                <SelectItem value={automatic}>
                  {automatically === null ? launch("auto") : t("javaAuto", { major: String(automatically) })}
                </SelectItem>
                {majors.map((major) => (
                  <SelectItem key={major} value={String(major)}>
                    {t(isHost && !offered.has(major) ? "javaMissing" : "javaMajor", { major: String(major) })}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
            <FormDescription>{isHost ? t("javaText") : launch("imageText")}</FormDescription>
            <FieldFault />
          </FormItem>
        );
      }}
    />
  );
}
