"use client";

import { useTranslations } from "next-intl";
import { type UseFormReturn, useWatch } from "react-hook-form";
import type { z } from "zod";
import { PasswordField } from "./password-field";
import { PasswordStrengthText } from "./password-strength-text";
import type { setupFormSchema } from "./setup-form-schema";
import { UsernameField } from "./username-field";

type Fields = z.infer<typeof setupFormSchema>;

export function SetupFields({ form }: { form: UseFormReturn<Fields, unknown, Fields> }) {
  const t = useTranslations("auth");
  const { control } = form;
  const password = useWatch({ control, name: "password" });
  return (
    <>
      <UsernameField text={t("setup.usernameHint")} />
      <PasswordField<Fields>
        name="password"
        label={t("password")}
        autoComplete="new-password"
        hint={password ? <PasswordStrengthText password={password} /> : t("setup.passwordHint")}
      />
      <PasswordField<Fields> name="passwordRepeat" label={t("passwordRepeat")} autoComplete="new-password" />
    </>
  );
}
