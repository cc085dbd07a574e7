"use client";

import { useTranslations } from "next-intl";
import { type UseFormReturn, useWatch } from "react-hook-form";
import type { z } from "zod";
import { FormControl, FormDescription, FormField, FormItem, FormLabel, FormMessage } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "./password-input";
import { PasswordStrengthText } from "./password-strength-text";
import type { setupFormSchema } from "./setup-form-schema";

type Fields = z.infer<typeof setupFormSchema>;

export function SetupFields({ form }: { form: UseFormReturn<Fields, unknown, Fields> }) {
  const t = useTranslations("auth");
  const { control } = form;
  const password = useWatch({ control, name: "password" });
  return (
    <>
      <FormField
        control={control}
        name="username"
        render={({ field }) => (
          <FormItem>
            <FormLabel>{t("username")}</FormLabel>
            <FormControl>
              <Input {...field} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
            </FormControl>
            <FormDescription>{t("setup.usernameHint")}</FormDescription>
            <FormMessage />
          </FormItem>
        )}
      />
      <FormField
        control={control}
        name="password"
        render={({ field }) => (
          <FormItem>
            <FormLabel>{t("password")}</FormLabel>
            <FormControl>
              <PasswordInput {...field} autoComplete="new-password" />
            </FormControl>
            {password ? (
              <PasswordStrengthText password={password} />
            ) : (
              <FormDescription>{t("setup.passwordHint")}</FormDescription>
            )}
            <FormMessage />
          </FormItem>
        )}
      />
      <FormField
        control={control}
        name="passwordRepeat"
        render={({ field }) => (
          <FormItem>
            <FormLabel>{t("passwordRepeat")}</FormLabel>
            <FormControl>
              <PasswordInput {...field} autoComplete="new-password" />
            </FormControl>
            <FormMessage />
          </FormItem>
        )}
      />
    </>
  );
}
