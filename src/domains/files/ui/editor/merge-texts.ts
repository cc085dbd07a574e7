import { diff3Merge } from "node-diff3";

/** A stretch of the result: settled, or changed on both sides, so that somebody has to choose. */
export type MergePart =
  | { kind: "same"; lines: string[] }
  | { kind: "conflict"; base: string[]; theirs: string[]; mine: string[] };
export type Choice = "mine" | "theirs" | "both" | "base";

/** Puts two changes of one text together, line by line; only where both changed the same lines something is left to choose. */
export function mergeTexts(texts: { base: string; theirs: string; mine: string }): MergePart[] {
  const parts = diff3Merge(toLines(texts.mine), toLines(texts.base), toLines(texts.theirs), {
    excludeFalseConflicts: true,
  });
  return parts.map((part) =>
    part.conflict
      ? { kind: "conflict", base: part.conflict.o, theirs: part.conflict.b, mine: part.conflict.a }
      : { kind: "same", lines: part.ok ?? [] },
  );
}

/** The text that the choices make, in the order of the conflicts. */
export function chosenText(parts: readonly MergePart[], choices: readonly Choice[]): string {
  let conflict = 0;
  const lines = parts.flatMap((part) => {
    if (part.kind === "same") return part.lines;
    const choice = choices[conflict++] ?? "mine";
    return choice === "both" ? [...part.theirs, ...part.mine] : part[choice];
  });
  return lines.join("\n");
}

function toLines(text: string): string[] {
  return text.split("\n");
}
