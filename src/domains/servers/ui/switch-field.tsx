"use client";

import { type FieldPathByValue, type FieldValues, useFormContext } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Switch } from "@/components/ui/switch";

interface SwitchFieldProps<Fields extends FieldValues> {
  name: FieldPathByValue<Fields, boolean>;
  label: string;
  text: string;
  isWarning?: boolean;
}

/** A switch at the end of its line, with what it does told beside it. */
export function SwitchField<Fields extends FieldValues>({
  name,
  label,
  text,
  isWarning = false,
}: SwitchFieldProps<Fields>) {
  const { control } = useFormContext<Fields>();
  return (
    <FormField
      control={control}
      name={name}
      render={({ field }) => (
        <FormItem className="flex items-start justify-between gap-4">
          <div className="grid gap-1">
            <FormLabel>{label}</FormLabel>
            <FormDescription className={isWarning ? "text-warning" : undefined}>{text}</FormDescription>
          </div>
          <FormControl>
            <Switch
              ref={field.ref}
              checked={Boolean(field.value)}
              onCheckedChange={field.onChange}
              onBlur={field.onBlur}
            />
          </FormControl>
        </FormItem>
      )}
    />
  );
}
