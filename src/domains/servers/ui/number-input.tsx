"use client";

import { Input } from "@/components/ui/input";
import { cn } from "@/lib/cn";

interface NumberInputProps extends Omit<React.ComponentProps<typeof Input>, "type" | "value" | "onChange"> {
  /** NaN while nothing is typed that is a number. */
  value: number;
  onChange: (value: number) => void;
}

/** A number typed by hand, as the fields of a form hold it. */
export function NumberInput({ value, onChange, className, ...props }: NumberInputProps) {
  return (
    <Input
      {...props}
      type="number"
      inputMode="numeric"
      value={Number.isNaN(value) ? "" : value}
      onChange={(event) => onChange(event.target.valueAsNumber)}
      className={cn("tabular-nums max-md:h-11", className)}
    />
  );
}
