import type { DiffLine } from "./diff-lines";

type DiffPart = { kind: "lines"; lines: DiffLine[] } | { kind: "folded"; lines: DiffLine[] };

/** The lines of a diff with long runs of what is the same folded, but for `around` lines beside each change. */
export function foldLines(lines: readonly DiffLine[], around = 3): DiffPart[] {
  const changed = lines.flatMap(({ kind }, index) => (kind === "same" ? [] : [index]));
  const parts: DiffPart[] = [];
  let next = 0;
  lines.forEach((line, index) => {
    while (next < changed.length && (changed[next] ?? 0) + around < index) next++;
    const isNear = next < changed.length && Math.abs((changed[next] ?? 0) - index) <= around;
    const kind = isNear ? "lines" : "folded";
    const last = parts.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else parts.push({ kind, lines: [line] });
  });
  return parts;
}
