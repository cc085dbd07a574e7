"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Label } from "@/components/ui/label";
import { cn } from "@/lib/cn";
import { hasControlCharacters } from "@/lib/control-characters";
import { fieldOf } from "./game-properties";
import type { PropertyFault } from "./property-fault";
import { PropertyInput } from "./property-input";
import { usePropertyWords } from "./use-property-words";

interface PropertyRowProps {
  name: string;
  value: string;
  isChanged: boolean;
  fault: PropertyFault | null;
  onChange: (value: string) => void;
}

export const propertyId = (name: string) => `property-${name}`;

/** One property: its name in words, its key as in the file, the control that fits it, what it does and what it is by default. */
export function PropertyRow({ name, value, isChanged, fault, onChange }: PropertyRowProps) {
  const t = useTranslations("files.properties");
  const wordsOf = usePropertyWords();
  const { label, text } = wordsOf(name);
  const id = propertyId(name);
  const field = fieldOf(name);
  const isSwitch = field?.kind === "switch";
  return (
    <div className="grid gap-x-6 gap-y-2 py-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,16rem)]">
      <div className={cn("min-w-0", isSwitch && "max-sm:flex max-sm:items-start max-sm:justify-between max-sm:gap-4")}>
        <div className="grid min-w-0 gap-0.5">
          <Label htmlFor={id} className="flex-wrap gap-x-2 leading-5">
            {label}
            {isChanged && <Badge variant="outline">{t("changed")}</Badge>}
          </Label>
          {label !== name && <code className="font-mono text-xs break-all text-muted-foreground">{name}</code>}
          <p id={`${id}-text`} className="text-sm text-muted-foreground">
            {text} {field && field.kind !== "secret" && <Default name={name} />}
          </p>
        </div>
      </div>
      <div className="grid content-start gap-1">
        {/* A line of a form cannot hold a line break: it would be lost without a word. */}
        {hasControlCharacters(value) && fault === null ? (
          <output id={id} className="text-sm break-words whitespace-pre-wrap">
            {value}
            <span className="block text-muted-foreground">{t("lines")}</span>
          </output>
        ) : (
          <PropertyInput
            id={id}
            name={name}
            value={value}
            isInvalid={fault !== null}
            describedBy={`${id}-text ${id}-fault`}
            onChange={onChange}
          />
        )}
        <p id={`${id}-fault`} className="text-sm text-destructive empty:hidden">
          {fault && t(`faults.${fault.key}`, { min: 0, max: 0, ...fault })}
        </p>
      </div>
    </div>
  );
}

function Default({ name }: { name: string }) {
  const t = useTranslations("files.properties");
  const field = fieldOf(name);
  if (!field) return null;
  if (field.kind === "switch") return t(field.initial === "true" ? "defaultOn" : "defaultOff");
  return field.initial === "" ? t("defaultNone") : t("default", { value: field.initial });
}
