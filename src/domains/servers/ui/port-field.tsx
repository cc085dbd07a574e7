"use client";

import { useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import type { Server } from "../contract";
import { FieldFault } from "./field-fault";
import { NumberInput } from "./number-input";

interface PortFieldProps {
  /** Servers that have a port already, without the one being edited. */
  others: readonly Pick<Server, "name" | "port">[];
  /** A free port to offer when the typed one is taken. */
  suggestion: number | null;
  isDisabled?: boolean;
}

/** The game port; says at once whose it is if another server has it. The field is named `port` in every form. */
export function PortField({ others, suggestion, isDisabled = false }: PortFieldProps) {
  const t = useTranslations("create.port");
  const { control, setValue } = useFormContext<{ port: number }>();
  return (
    <FormField
      control={control}
      name="port"
      render={({ field }) => {
        const holder = others.find(({ port }) => port === field.value);
        return (
          <FormItem>
            <FormLabel>{t("label")}</FormLabel>
            <FormControl>
              <NumberInput {...field} disabled={isDisabled} className="w-32" />
            </FormControl>
            <FormDescription>
              {holder ? t("holder", { name: holder.name }) : t("text")}
              {holder && suggestion !== null && suggestion !== field.value && (
                <Button
                  variant="link"
                  size="sm"
                  className="h-auto px-2 py-0"
                  onClick={() => setValue("port", suggestion, { shouldValidate: true, shouldDirty: true })}
                >
                  {t("use", { port: String(suggestion) })}
                </Button>
              )}
            </FormDescription>
            <FieldFault />
          </FormItem>
        );
      }}
    />
  );
}
