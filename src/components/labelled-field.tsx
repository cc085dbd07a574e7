"use client";

import type { ReactNode } from "react";
import type { ControllerProps, ControllerRenderProps, FieldPath, FieldValues } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel, FormMessage } from "@/components/ui/form";

interface LabelledFieldProps<Fields extends FieldValues, Name extends FieldPath<Fields>, Transformed>
  extends Pick<ControllerProps<Fields, Name, Transformed>, "control" | "name"> {
  label: string;
  /** Below the control; mere text is the description that the control refers to. */
  hint?: ReactNode;
  /** What says the field's error, where a domain has sentences of its own. */
  fault?: ReactNode;
  children: (field: ControllerRenderProps<Fields, Name>) => ReactNode;
}

/** A field as most are: its label, the one control that `children` gives, a hint and the error. */
export function LabelledField<Fields extends FieldValues, Name extends FieldPath<Fields>, Transformed = Fields>({
  control,
  name,
  label,
  hint,
  fault = <FormMessage />,
  children,
}: LabelledFieldProps<Fields, Name, Transformed>) {
  return (
    <FormField
      control={control}
      name={name}
      render={({ field }) => (
        <FormItem>
          <FormLabel>{label}</FormLabel>
          <FormControl>{children(field)}</FormControl>
          {typeof hint === "string" ? <FormDescription>{hint}</FormDescription> : hint}
          {fault}
        </FormItem>
      )}
    />
  );
}
