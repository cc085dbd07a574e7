"use client";

import { useLocale, useTranslations } from "next-intl";
import { useFormContext } from "react-hook-form";
import { FormControl, FormDescription, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { formatBytes } from "@/lib/format-bytes";
import { FieldFault } from "./field-fault";
import { NumberInput } from "./number-input";

interface MemoryFieldProps {
  /** Of the machine; null while that is not known. */
  totalMb: number | null;
  /** What the other servers may use together. */
  othersMb: number;
  isDisabled?: boolean;
}

const step = 256;
const mebibyte = 1024 * 1024;

/** Memory by slider and by number, against what the machine has. The field is named `memoryMb` in every form. */
export function MemoryField({ totalMb, othersMb, isDisabled = false }: MemoryFieldProps) {
  const t = useTranslations("create.memory");
  const locale = useLocale();
  const { control } = useFormContext<{ memoryMb: number }>();
  const top = Math.max(2048, Math.floor((totalMb ?? 16_384) / step) * step);
  const inWords = (mb: number) => formatBytes(mb * mebibyte, locale);
  return (
    <FormField
      control={control}
      name="memoryMb"
      render={({ field }) => {
        const isTooMuch = totalMb !== null && field.value + othersMb > totalMb;
        return (
          <FormItem>
            <FormLabel>{t("label")}</FormLabel>
            <div className="flex items-center gap-4">
              <input
                type="range"
                min={512}
                max={top}
                step={step}
                value={Number.isNaN(field.value) ? 512 : field.value}
                onChange={(event) => field.onChange(event.target.valueAsNumber)}
                disabled={isDisabled}
                aria-label={t("slider")}
                aria-valuetext={inWords(field.value || 0)}
                className="h-9 min-w-0 flex-1 accent-primary disabled:opacity-50"
              />
              <FormControl>
                <NumberInput {...field} disabled={isDisabled} className="w-28 text-right" />
              </FormControl>
              <span className="text-sm text-muted-foreground">MB</span>
            </div>
            <FormDescription className={isTooMuch ? "text-warning" : undefined}>
              {totalMb === null
                ? t("text")
                : t(isTooMuch ? "tooMuch" : "share", {
                    total: inWords(totalMb),
                    others: othersMb === 0 ? "none" : inWords(othersMb),
                  })}
            </FormDescription>
            <FieldFault />
          </FormItem>
        );
      }}
    />
  );
}
