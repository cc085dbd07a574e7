"use client";

import { useTranslations } from "next-intl";
import { RadioGroup } from "radix-ui";
import { type AvailableServerType, availableServerTypes } from "@/domains/versions/contract";
import { cn } from "@/lib/cn";
import { TypeIcon } from "../server-icon";

interface TypeChoiceProps {
  value: AvailableServerType;
  onChange: (type: AvailableServerType) => void;
}

/** The kinds of server as cards, each with a sentence about whom it is for. */
export function TypeChoice({ value, onChange }: TypeChoiceProps) {
  const t = useTranslations("create.types");
  const types = useTranslations("versions.types");
  return (
    <RadioGroup.Root
      value={value}
      onValueChange={(type) => onChange(type as AvailableServerType)}
      aria-label={t("label")}
      className="grid gap-2 sm:grid-cols-3"
    >
      {availableServerTypes.map((type) => (
        <RadioGroup.Item
          key={type}
          value={type}
          aria-describedby={`type-${type}`}
          className={cn(
            "flex items-start gap-3 rounded-lg border border-input p-3 text-left outline-none transition-colors hover:bg-accent/50 focus-visible:ring-2 focus-visible:ring-ring",
            value === type && "border-primary bg-primary/5 hover:bg-primary/5",
          )}
        >
          <TypeIcon type={type} className="size-8" />
          <span className="grid gap-0.5">
            <span className="font-medium">{types(type)}</span>
            <span id={`type-${type}`} className="text-xs text-muted-foreground">
              {t(type)}
            </span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
