"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Textarea } from "@/components/ui/textarea";
import { FieldFault } from "../field-fault";
import { TagsInput } from "../tags-input";
import type { CreateForm } from "./create-form-schema";
import { FormPart } from "./form-part";
import { TextField } from "./rule-fields";

/** What the server is called. */
export function PartName() {
  const t = useTranslations("create");
  const { control } = useFormContext<CreateForm>();
  return (
    <FormPart number={4} title={t("name.title")} text={t("name.text")}>
      <TextField name="name" label={t("name.label")} placeholder={t("name.placeholder")} />
      <FormField
        control={control}
        name="description"
        render={({ field }) => (
          <FormItem>
            <FormLabel>{t("name.description")}</FormLabel>
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
            <FormLabel>{t("name.tags")}</FormLabel>
            <FormControl>
              <TagsInput
                ref={field.ref}
                name={field.name}
                onBlur={field.onBlur}
                value={field.value}
                onChange={field.onChange}
                className="max-md:h-11"
              />
            </FormControl>
            <FormDescription>{t("name.tagsText")}</FormDescription>
            <FieldFault />
          </FormItem>
        )}
      />
    </FormPart>
  );
}
