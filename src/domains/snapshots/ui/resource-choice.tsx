"use client";

import { useId } from "react";

interface ResourceChoiceProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string; text?: string; isDisabled?: boolean }[];
  onChange: (value: Value) => void;
}

/** One of a few, each with what it means. */
export function ResourceChoice<Value extends string>({ label, value, choices, onChange }: ResourceChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset className="grid min-w-0 gap-1">
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className="flex min-h-9 gap-3 rounded-md py-1.5 has-disabled:opacity-60 max-md:min-h-11"
        >
          <input
            type="radio"
            name={name}
            checked={value === choice.value}
            disabled={choice.isDisabled}
            onChange={() => onChange(choice.value)}
            className="mt-1 size-4 shrink-0 accent-primary"
          />
          <span className="min-w-0 text-sm">
            {choice.label}
            {choice.text && <span className="block text-xs text-muted-foreground">{choice.text}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
