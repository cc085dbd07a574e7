"use client";

import type { ReactNode } from "react";
import { type FieldPathByValue, type FieldValues, useFormContext } from "react-hook-form";
import { LabelledField } from "@/components/labelled-field";
import { PasswordInput } from "./password-input";

interface PasswordFieldProps<Fields extends FieldValues> {
  name: FieldPathByValue<Fields, string>;
  label: string;
  autoComplete: "current-password" | "new-password";
  hint?: ReactNode;
}

export function PasswordField<Fields extends FieldValues>({
  name,
  label,
  autoComplete,
  hint,
}: PasswordFieldProps<Fields>) {
  const { control } = useFormContext<Fields>();
  return (
    <LabelledField control={control} name={name} label={label} hint={hint}>
      {(field) => <PasswordInput {...field} autoComplete={autoComplete} />}
    </LabelledField>
  );
}
