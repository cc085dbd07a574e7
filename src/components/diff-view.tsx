"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import type { DiffLine } from "@/lib/diff-lines";
import { foldLines } from "@/lib/fold-lines";

/** What is different between two texts, line by line; long runs of what is the same are folded. */
export function DiffView({ label, lines }: { label: string; lines: readonly DiffLine[] }) {
  const t = useTranslations("snapshots.diff");
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-md border bg-muted font-mono text-xs leading-5"
    >
      <ol className="w-max min-w-full">
        {foldLines(lines).map((part) =>
          part.kind === "folded" ? (
            <li
              key={`folded ${part.lines[0]?.before} ${part.lines[0]?.after}`}
              className="border-y bg-card px-3 text-muted-foreground"
            >
              {t("folded", { count: part.lines.length })}
            </li>
          ) : (
            part.lines.map((line) => <Line key={`${line.kind} ${line.before} ${line.after}`} line={line} />)
          ),
        )}
      </ol>
    </section>
  );
}

const signs = { same: " ", added: "+", removed: "-" } as const;

function Line({ line }: { line: DiffLine }) {
  const t = useTranslations("snapshots.diff");
  const { kind, text, before, after } = line;
  return (
    <li className={cn("flex", kind === "added" && "bg-state-running/15", kind === "removed" && "bg-state-crashed/15")}>
      <span aria-hidden="true" className="w-10 shrink-0 pr-2 text-right text-muted-foreground select-none">
        {before ?? after}
      </span>
      <span aria-hidden="true" className="w-4 shrink-0 select-none">
        {signs[kind]}
      </span>
      {kind !== "same" && <span className="sr-only">{t(kind === "added" ? "lineAdded" : "lineRemoved")}</span>}
      <span className="pr-3 whitespace-pre">{text || " "}</span>
    </li>
  );
}
