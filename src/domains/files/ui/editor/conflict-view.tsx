"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { FileText } from "../../contract";
import { ConflictChoice } from "./conflict-choice";
import { type Choice, chosenText, mergeTexts } from "./merge-texts";

interface ConflictViewProps {
  /** What was opened. */
  base: string;
  theirs: FileText;
  mine: string;
  isSaving: boolean;
  onSave: (text: string) => void;
  onBack: () => void;
}

/** Somebody saved meanwhile: what does not overlap is put together, and for the rest one chooses, seeing all three. */
export function ConflictView({ base, theirs, mine, isSaving, onSave, onBack }: ConflictViewProps) {
  const t = useTranslations("files.editor.conflict");
  const parts = useMemo(() => mergeTexts({ base, theirs: theirs.content, mine }), [base, theirs.content, mine]);
  const conflicts = parts.filter((part) => part.kind === "conflict");
  const [choices, setChoices] = useState<Choice[]>(() => conflicts.map(() => "mine"));
  const chooseAll = (choice: Choice) => setChoices(conflicts.map(() => choice));
  return (
    <section aria-labelledby="conflict-title" className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto">
      <Alert>
        <AlertTitle id="conflict-title">{t("title")}</AlertTitle>
        <AlertDescription>
          {conflicts.length === 0 ? t("clean") : t("text", { count: conflicts.length })}
        </AlertDescription>
      </Alert>
      {conflicts.length > 1 && (
        <div className="flex flex-wrap gap-2">
          {(["mine", "theirs", "both"] as const).map((choice) => (
            <Button key={choice} variant="outline" size="sm" onClick={() => chooseAll(choice)} className="max-md:h-11">
              {t(`all.${choice}`)}
            </Button>
          ))}
        </div>
      )}
      {conflicts.map((part, index) => (
        <ConflictChoice
          // biome-ignore lint/suspicious/noArrayIndexKey: the conflicts of two texts do not move
          key={index}
          number={index + 1}
          part={part}
          choice={choices[index] ?? "mine"}
          onChoose={(choice) => setChoices(choices.map((known, at) => (at === index ? choice : known)))}
        />
      ))}
      <details className="rounded-lg border bg-card">
        <summary className="cursor-pointer px-3 py-2 text-sm font-medium max-md:min-h-11">{t("result")}</summary>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
          tabIndex={0}
          className="max-h-80 overflow-auto border-t p-3 font-mono text-xs leading-5"
        >
          {chosenText(parts, choices)}
        </pre>
      </details>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onSave(chosenText(parts, choices))} disabled={isSaving} className="max-md:h-11">
          {t("save")}
        </Button>
        <Button variant="outline" onClick={() => onSave(mine)} disabled={isSaving} className="max-md:h-11">
          {t("saveMine")}
        </Button>
        <Button variant="outline" onClick={onBack} className="max-md:h-11">
          {t("back")}
        </Button>
      </div>
    </section>
  );
}
