"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { FormControl, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { cn } from "@/lib/cn";
import { FieldFault } from "../field-fault";
import { type EverydayProperty, everydayProperties, type PropertyField } from "./everyday-properties";
import type { PropertiesFormValues } from "./properties-schema";

/** One property: its name in words, its key as in the file, and the control that fits it. */
export function PropertyInput({ name }: { name: EverydayProperty }) {
  const t = useTranslations("servers.properties");
  const { control } = useFormContext<PropertiesFormValues>();
  const property: PropertyField = everydayProperties[name];
  return (
    <FormField
      control={control}
      name={name}
      render={({ field }) => (
        <FormItem
          className={cn(
            property.kind === "switch" && "flex items-start justify-between gap-4",
            property.kind === "text" && "sm:col-span-2",
          )}
        >
          <FormLabel className="grid justify-items-start gap-0.5">
            {t(`labels.${name}`)}
            <code className="font-mono text-xs font-normal text-muted-foreground">{name}</code>
          </FormLabel>
          {property.kind === "switch" ? (
            <FormControl>
              <Switch
                ref={field.ref}
                checked={field.value === "true"}
                onCheckedChange={(isOn) => field.onChange(String(isOn))}
                onBlur={field.onBlur}
              />
            </FormControl>
          ) : property.kind === "choice" ? (
            <Select value={field.value} onValueChange={field.onChange}>
              <FormControl>
                <SelectTrigger ref={field.ref} className="w-full max-md:h-11">
                  <SelectValue placeholder={field.value} />
                </SelectTrigger>
              </FormControl>
              <SelectContent>
                {property.choices.map((choice) => (
                  <SelectItem key={choice} value={choice}>
                    {t(`choices.${choice as "survival"}`)}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          ) : (
            <FormControl>
              <Input
                {...field}
                inputMode={property.kind === "number" ? "numeric" : undefined}
                autoComplete="off"
                className={cn("max-md:h-11", property.kind === "number" && "tabular-nums")}
              />
            </FormControl>
          )}
          <FieldFault />
        </FormItem>
      )}
    />
  );
}
