"use client";

import { useTranslations } from "next-intl";
import type { Choice, MergePart } from "./merge-texts";

interface ConflictChoiceProps {
  number: number;
  part: Extract<MergePart, { kind: "conflict" }>;
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

const sides = ["base", "theirs", "mine"] as const;
const choices = ["mine", "theirs", "both", "base"] as const;

/** The same lines three times: as they were opened, as somebody saved them, and as one has them. */
export function ConflictChoice({ number, part, choice, onChoose }: ConflictChoiceProps) {
  const t = useTranslations("files.editor.conflict");
  return (
    <fieldset className="grid gap-2 rounded-lg border bg-card p-3">
      <legend className="px-1 text-sm font-medium">{t("place", { number })}</legend>
      <div className="grid gap-2 md:grid-cols-3">
        {sides.map((side) => (
          <div key={side} className="grid min-w-0 content-start gap-1">
            <p className="text-xs font-medium text-muted-foreground">{t(side)}</p>
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
              tabIndex={0}
              className="max-h-48 overflow-auto rounded-md border bg-muted p-2 font-mono text-xs leading-5"
            >
              {part[side].length === 0 ? t("nothing") : part[side].join("\n")}
            </pre>
          </div>
        ))}
      </div>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {choices.map((name) => (
          <label key={name} className="flex items-center gap-2 text-sm max-md:min-h-11">
            <input
              type="radio"
              name={`conflict-${number}`}
              checked={choice === name}
              onChange={() => onChoose(name)}
              className="size-4 accent-primary"
            />
            {t(`choose.${name}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
