"use client";

import { useTranslations } from "next-intl";
import { RadioGroup } from "radix-ui";
import type { ComponentProps } from "react";
import type { KindCheck, LaunchKind } from "../contract";
import { KindCard } from "./kind-card";

interface KindChoiceProps extends Omit<ComponentProps<typeof RadioGroup.Root>, "value" | "onChange" | "onValueChange"> {
  checks: readonly KindCheck[];
  value: LaunchKind | null;
  /** The kind that new servers get when nobody chooses. */
  usual: LaunchKind | null;
  onChange: (kind: LaunchKind) => void;
}

/** How a server can be run, each with whether it works here. What does not work is shown with its reason. */
export function KindChoice({ checks, value, usual, onChange, ...props }: KindChoiceProps) {
  const t = useTranslations("launch");
  return (
    <RadioGroup.Root
      aria-label={t("label")}
      {...props}
      value={value}
      onValueChange={(kind) => {
        const chosen = checks.find((check) => check.kind === kind);
        if (chosen) onChange(chosen.kind);
      }}
      className="grid gap-2"
    >
      {checks.map((check) => (
        <KindCard key={check.kind} check={check} isChosen={check.kind === value} isUsual={check.kind === usual} />
      ))}
    </RadioGroup.Root>
  );
}

/** The usual kind where it works, else the first that does. */
export function firstUsable(checks: readonly KindCheck[], usual: LaunchKind): LaunchKind {
  const usable = checks.filter(({ isAvailable }) => isAvailable).map(({ kind }) => kind);
  return usable.includes(usual) ? usual : (usable[0] ?? usual);
}
