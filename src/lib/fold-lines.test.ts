import { expect, it } from "vitest";
import type { DiffLine } from "./diff-lines";
import { foldLines } from "./fold-lines";

const lines = (marks: string): DiffLine[] =>
  [...marks].map((mark, index) => ({
    kind: mark === "+" ? "added" : mark === "-" ? "removed" : "same",
    text: String(index),
    before: index,
    after: index,
  }));
const shape = (marks: string) => foldLines(lines(marks), 2).map(({ kind, lines: { length } }) => `${kind} ${length}`);

it("folds what is the same, but for the lines beside a change", () => {
  expect(shape("......-+.......")).toEqual(["folded 4", "lines 6", "folded 5"]);
});

it("folds nothing between changes that are close", () => {
  expect(shape("+....+")).toEqual(["lines 6"]);
  expect(shape("+.....+")).toEqual(["lines 3", "folded 1", "lines 3"]);
});

it("folds a file without changes whole, and nothing to nothing", () => {
  expect(shape(".....")).toEqual(["folded 5"]);
  expect(shape("")).toEqual([]);
});
