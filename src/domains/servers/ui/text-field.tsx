"use client";

import { type FieldPathByValue, type FieldValues, useFormContext } from "react-hook-form";
import { LabelledField } from "@/components/labelled-field";
import { Input } from "@/components/ui/input";
import { cn } from "@/lib/cn";
import { FieldFault } from "./field-fault";

type InputProps = Pick<
  React.ComponentProps<typeof Input>,
  "placeholder" | "autoCapitalize" | "spellCheck" | "className"
>;

interface TextFieldProps<Fields extends FieldValues> extends InputProps {
  name: FieldPathByValue<Fields, string>;
  label: string;
  text?: string;
}

/** A line of text that the browser does not fill in by itself. */
export function TextField<Fields extends FieldValues>({
  name,
  label,
  text,
  className,
  ...input
}: TextFieldProps<Fields>) {
  const { control } = useFormContext<Fields>();
  return (
    <LabelledField control={control} name={name} label={label} hint={text} fault={<FieldFault />}>
      {(field) => (
        <Input
          {...field}
          {...input}
          value={String(field.value)}
          autoComplete="off"
          className={cn("max-md:h-11", className)}
        />
      )}
    </LabelledField>
  );
}
