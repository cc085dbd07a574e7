"use client";

import { type FieldPathByValue, useFormContext } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { FieldFault } from "../field-fault";
import type { CreateForm } from "./create-form-schema";

interface FieldProps<Value> {
  name: FieldPathByValue<CreateForm, Value>;
  label: string;
  text?: string;
}

export function TextField({ name, label, text, placeholder }: FieldProps<string> & { placeholder?: string }) {
  const { control } = useFormContext<CreateForm>();
  return (
    <FormField
      control={control}
      name={name}
      render={({ field }) => (
        <FormItem>
          <FormLabel>{label}</FormLabel>
          <FormControl>
            <Input
              {...field}
              value={String(field.value)}
              placeholder={placeholder}
              autoComplete="off"
              className="max-md:h-11"
            />
          </FormControl>
          {text && <FormDescription>{text}</FormDescription>}
          <FieldFault />
        </FormItem>
      )}
    />
  );
}

export function NumberField({ name, label, text }: FieldProps<number>) {
  const { control } = useFormContext<CreateForm>();
  return (
    <FormField
      control={control}
      name={name}
      render={({ field }) => (
        <FormItem>
          <FormLabel>{label}</FormLabel>
          <FormControl>
            <Input
              type="number"
              inputMode="numeric"
              name={field.name}
              ref={field.ref}
              onBlur={field.onBlur}
              value={Number.isNaN(field.value) ? "" : Number(field.value)}
              onChange={(event) => field.onChange(event.target.valueAsNumber)}
              className="tabular-nums max-md:h-11"
            />
          </FormControl>
          {text && <FormDescription>{text}</FormDescription>}
          <FieldFault />
        </FormItem>
      )}
    />
  );
}

export function ChoiceField({
  name,
  label,
  choices,
}: FieldProps<string> & { choices: readonly { value: string; label: string }[] }) {
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

export function SwitchField({ name, label, text, isWarning = false }: FieldProps<boolean> & { isWarning?: boolean }) {
  const { control } = useFormContext<CreateForm>();
  return (
    <FormField
      control={control}
      name={name}
      render={({ field }) => (
        <FormItem className="flex items-start justify-between gap-4">
          <div className="grid gap-1">
            <FormLabel>{label}</FormLabel>
            {text && <FormDescription className={isWarning ? "text-warning" : undefined}>{text}</FormDescription>}
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
