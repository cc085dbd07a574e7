"use client";

import { type FieldPathByValue, useFormContext } from "react-hook-form";
import { FormControl, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { FieldFault } from "../field-fault";
import type { CreateForm } from "./create-form-schema";

interface ChoiceFieldProps {
  name: FieldPathByValue<CreateForm, string>;
  label: string;
  choices: readonly { value: string; label: string }[];
}

export function ChoiceField({ name, label, choices }: ChoiceFieldProps) {
  const { control } = useFormContext<CreateForm>();
  return (
    <FormField
      control={control}
      name={name}
      render={({ field }) => (
        <FormItem>
          <FormLabel>{label}</FormLabel>
          <Select value={String(field.value)} onValueChange={field.onChange}>
            <FormControl>
              <SelectTrigger ref={field.ref} className="w-full max-md:h-11">
                <SelectValue />
              </SelectTrigger>
            </FormControl>
            <SelectContent>
              {choices.map((choice) => (
                <SelectItem key={choice.value} value={choice.value}>
                  {choice.label}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
          <FieldFault />
        </FormItem>
      )}
    />
  );
}
