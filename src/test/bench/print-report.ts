import { type Figure, isReached, measured } from "./figure";

const heads = ["figure", "ours", "reference", "measured", "goal", "reached"] as const;

/** The whole report as a plain table, with the notes of its figures below. */
export function formatReport(figures: readonly Figure[]): string {
  const notes = [...new Set(figures.flatMap(({ note }) => note ?? []))];
  const rows = figures.map((figure) => [
    figure.note ? `${figure.name} (${notes.indexOf(figure.note) + 1})` : figure.name,
    withUnit(figure.ours, figure.unit),
    figure.reference === null ? "" : withUnit(figure.reference, figure.unit),
    formatMeasured(figure),
    figure.goal ? `${figure.goal.kind} ${number(figure.goal.value)}` : "",
    { true: "yes", false: "NO", null: "" }[String(isReached(figure)) as "true" | "false" | "null"],
  ]);
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  const rule = "-".repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  const told = notes.map((note, index) => `(${index + 1}) ${note}`);
  return [line(heads), rule, ...rows.map(line), rule, ...told].join("\n");
}

function formatMeasured(figure: Figure): string {
  const value = measured(figure);
  if (figure.measure === "ratio") return `× ${number(value)}`;
  return figure.measure === "difference" ? `+ ${withUnit(value, figure.unit)}` : withUnit(value, figure.unit);
}

function withUnit(value: number, unit: string): string {
  return `${number(value)} ${unit}`.trim();
}

/** Three digits that count. */
function number(value: number): string {
  if (!Number.isFinite(value)) return "not measured";
  const digits = value === 0 || Number.isInteger(value) ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString("en-US", { minimumFractionDigits: 0, maximumFractionDigits: Math.min(digits, 3) });
}
