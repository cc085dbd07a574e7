"use client";

import { useFormContext } from "react-hook-form";
import { LabelledField } from "@/components/labelled-field";
import { Input } from "@/components/ui/input";

interface CodeFieldProps {
  label: string;
  hint: string;
  /** Recovery codes have letters: a keyboard of digits would keep them out. */
  takesRecoveryCodes?: boolean;
  autoFocus?: boolean;
}

/** A code of the authenticator app; the form around has a field `code`. Phones and password managers offer to fill it in. */
export function CodeField({ label, hint, takesRecoveryCodes = false, autoFocus }: CodeFieldProps) {
  const { control } = useFormContext<{ code: string }>();
  return (
    <LabelledField control={control} name="code" label={label} hint={hint}>
      {(field) => (
        <Input
          {...field}
          autoFocus={autoFocus}
          autoComplete="one-time-code"
          inputMode={takesRecoveryCodes ? undefined : "numeric"}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={40}
          className="font-mono tracking-wider tabular-nums max-md:h-11"
        />
      )}
    </LabelledField>
  );
}
