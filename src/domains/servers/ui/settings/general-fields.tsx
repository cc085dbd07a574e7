"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { FieldFault } from "../field-fault";
import { TagsInput } from "../tags-input";
import type { SettingsForm } from "./settings-schema";

/** Name, description and tags. */
export function GeneralFields() {
  const t = useTranslations("servers.settings");
  const { control } = useFormContext<SettingsForm>();
  return (
    <>
      <FormField
        control={control}
        name="name"
        render={({ field }) => (
          <FormItem>
            <FormLabel>{t("name")}</FormLabel>
            <FormControl>
              <Input {...field} autoComplete="off" className="max-md:h-11" />
            </FormControl>
            <FieldFault />
          </FormItem>
        )}
      />
      <FormField
        control={control}
        name="description"
        render={({ field }) => (
          <FormItem>
            <FormLabel>{t("description")}</FormLabel>
            <FormControl>
              <Textarea {...field} rows={2} />
            </FormControl>
            <FieldFault />
          </FormItem>
        )}
      />
      <FormField
        control={control}
        name="tags"
        render={({ field }) => (
          <FormItem>
            <FormLabel>{t("tags")}</FormLabel>
            <FormControl>
              <TagsInput {...field} className="max-md:h-11" />
            </FormControl>
            <FormDescription>{t("tagsText")}</FormDescription>
            <FieldFault />
          </FormItem>
        )}
      />
      <FormField
        control={control}
        name="subdomain"
        render={({ field }) => (
          <FormItem>
            <FormLabel>{t("subdomain")}</FormLabel>
            <FormControl>
              <Input
                {...field}
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                className="font-mono max-md:h-11"
              />
            </FormControl>
            <FormDescription>{t("subdomainText")}</FormDescription>
            <FieldFault />
          </FormItem>
        )}
      />
    </>
  );
}
