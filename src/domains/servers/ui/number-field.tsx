"use client";

import { type FieldPathByValue, type FieldValues, useFormContext } from "react-hook-form";
import { LabelledField } from "@/components/labelled-field";
import { FieldFault } from "./field-fault";
import { NumberInput } from "./number-input";

interface NumberFieldProps<Fields extends FieldValues> {
  name: FieldPathByValue<Fields, number>;
  label: string;
  text?: string;
}

export function NumberField<Fields extends FieldValues>({ name, label, text }: NumberFieldProps<Fields>) {
  const { control } = useFormContext<Fields>();
  return (
    <LabelledField control={control} name={name} label={label} hint={text} fault={<FieldFault />}>
      {(field) => <NumberInput {...field} value={Number(field.value)} />}
    </LabelledField>
  );
}
