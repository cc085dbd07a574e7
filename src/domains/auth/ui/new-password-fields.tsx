"use client";

import { useFormContext, useWatch } from "react-hook-form";
import { PasswordField } from "./password-field";
import { PasswordStrengthText } from "./password-strength-text";

interface NewPasswordFieldsProps {
  label: string;
  repeatLabel: string;
  hint: string;
}

interface Fields {
  newPassword: string;
  passwordRepeat: string;
}

/** A new password, how strong it is, and the same once more. The form around has `newPassword` and `passwordRepeat`. */
export function NewPasswordFields({ label, repeatLabel, hint }: NewPasswordFieldsProps) {
  const { control } = useFormContext<Fields>();
  const password = useWatch({ control, name: "newPassword" });
  return (
    <>
      <PasswordField<Fields>
        name="newPassword"
        label={label}
        autoComplete="new-password"
        hint={password ? <PasswordStrengthText password={password} /> : hint}
      />
      <PasswordField<Fields> name="passwordRepeat" label={repeatLabel} autoComplete="new-password" />
    </>
  );
}
