"use client";

import { useTranslations } from "next-intl";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { cn } from "@/lib/cn";
import { fieldOf } from "./game-properties";

interface PropertyInputProps {
  id: string;
  name: string;
  value: string;
  isInvalid: boolean;
  describedBy: string;
  onChange: (value: string) => void;
}

/** The control that fits a property; what is none of the game's is text. */
export function PropertyInput({ id, name, value, isInvalid, describedBy, onChange }: PropertyInputProps) {
  const t = useTranslations("files.properties");
  const field = fieldOf(name) ?? { kind: "text" as const };
  const common = { id, "aria-invalid": isInvalid, "aria-describedby": describedBy };
  if (field.kind === "switch")
    return (
      <Switch
        {...common}
        checked={value.trim().toLowerCase() === "true"}
        onCheckedChange={(isOn) => onChange(String(isOn))}
      />
    );
  if (field.kind === "choice") {
    const choices = field.choices.includes(value) ? field.choices : [value, ...field.choices];
    const wordOf = (choice: string) => {
      const key = `choices.${name}.${choice.replace("minecraft:", "")}` as "choices.gamemode.survival";
      return field.choices.includes(choice) && t.has(key) ? t(key) : choice;
    };
    return (
      <Select value={value} onValueChange={onChange}>
        <SelectTrigger {...common} className="w-full max-md:h-11">
          <SelectValue placeholder={value} />
        </SelectTrigger>
        <SelectContent>
          {choices
            .filter((choice) => choice !== "")
            .map((choice) => (
              <SelectItem key={choice} value={choice}>
                {wordOf(choice)}
              </SelectItem>
            ))}
        </SelectContent>
      </Select>
    );
  }
  return (
    <Input
      {...common}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      type={field.kind === "secret" ? "password" : "text"}
      placeholder={field.kind === "secret" ? t("hidden") : undefined}
      inputMode={field.kind === "number" && field.min >= 0 ? "numeric" : undefined}
      autoComplete={field.kind === "secret" ? "new-password" : "off"}
      autoCapitalize="none"
      spellCheck={false}
      className={cn("max-md:h-11", field.kind === "number" && "tabular-nums")}
    />
  );
}
