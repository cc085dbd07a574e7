"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { LabelledField } from "@/components/labelled-field";
import { Input } from "@/components/ui/input";

/** Where signing in begins. The field is named `username` in every form. */
export function UsernameField({ text }: { text?: string }) {
  const t = useTranslations("auth");
  const { control } = useFormContext<{ username: string }>();
  return (
    <LabelledField control={control} name="username" label={t("username")} hint={text}>
      {(field) => <Input {...field} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />}
    </LabelledField>
  );
}
