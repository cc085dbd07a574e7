import { expect, it } from "vitest";
import { type Figure, isReached } from "./figure";
import { formatReport } from "./print-report";

const figure = (values: Partial<Figure>): Figure => ({
  name: "a figure",
  unit: "ms",
  ours: 30,
  reference: 20,
  measure: "difference",
  goal: { kind: "at most", value: 10 },
  ...values,
});

it("judges the difference, the ratio or the value, and never an unmeasured one as reached", () => {
  const goal = { kind: "at least", value: 1.5 } as const;
  expect(isReached(figure({}))).toBe(true);
  expect(isReached(figure({ ours: 31 }))).toBe(false);
  expect(isReached(figure({ measure: "ratio", goal }))).toBe(true);
  expect(isReached(figure({ measure: "value", goal: { kind: "at most", value: 29 } }))).toBe(false);
  expect(isReached(figure({ ours: Number.NaN }))).toBe(false);
  expect(isReached(figure({ goal: null }))).toBe(null);
});

it("prints every figure once, with its notes below", () => {
  const shown = formatReport([figure({ note: "a note" }), figure({ name: "lost", reference: null, measure: "value" })]);
  expect(shown.split("\n").map((line) => line.trim().replace(/ {2,}/g, " | "))).toEqual([
    "figure | ours | reference | measured | goal | reached",
    expect.stringMatching(/^-+$/),
    "a figure (1) | 30 ms | 20 ms | + 10 ms | at most 10 | yes",
    "lost | 30 ms | 30 ms | at most 10 | NO",
    expect.stringMatching(/^-+$/),
    "(1) a note",
  ]);
});
