"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import { type PasswordStrength, passwordStrength, passwordStrengths } from "./password-strength";

const colors: Record<PasswordStrength, string> = {
  short: "bg-state-crashed",
  weak: "bg-state-crashed",
  fair: "bg-state-changing",
  good: "bg-state-running",
  strong: "bg-state-running",
};

/** Four bars and a word; the word is what counts. */
export function PasswordStrengthText({ password }: { password: string }) {
  const t = useTranslations("auth.setup.strength");
  const strength = passwordStrength(password);
  const filled = Math.max(1, passwordStrengths.indexOf(strength));
  return (
    <div className="flex items-center gap-3">
      <div aria-hidden="true" className="grid flex-1 grid-cols-4 gap-1">
        {passwordStrengths.slice(1).map((step, index) => (
          <span key={step} className={cn("h-1 rounded-full bg-secondary", index < filled && colors[strength])} />
        ))}
      </div>
      <p aria-live="polite" className="text-xs text-muted-foreground">
        {t("label")} {t(strength)}
      </p>
    </div>
  );
}
