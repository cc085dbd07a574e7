import fc from "fast-check";
import { expect, it } from "vitest";
import { type DiffLine, diffLines } from "./diff-lines";

const side = (lines: readonly DiffLine[], left: "added" | "removed") =>
  lines.filter(({ kind }) => kind !== left).map(({ text }) => text);
const short = (lines: readonly DiffLine[] | null) =>
  lines?.map(({ kind, text }) => `${{ same: " ", added: "+", removed: "-" }[kind]}${text}`);

it("shows what was added, removed and kept", () => {
  expect(short(diffLines("a\nb\nc\n", "a\nx\nc\nd\n"))).toEqual([" a", "-b", "+x", " c", "+d"]);
  expect(diffLines("", "")).toEqual([]);
  expect(short(diffLines("", "a\n"))).toEqual(["+a"]);
  expect(short(diffLines("a\r\nb", "a\nb\n"))).toEqual([" a", " b"]);
});

it("leads from one text to the other, with numbers that count up, whatever the texts", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before.join("\n"), after.join("\n")) ?? [];
      const trimmed = (all: string[]) => (all.join("\n") === "" ? [] : all);
      expect(side(lines, "added")).toEqual(trimmed(before));
      expect(side(lines, "removed")).toEqual(trimmed(after));
      expect(lines.map((line) => line.before).filter((number) => number !== null)).toEqual(
        before.map((_, at) => at + 1),
      );
      expect(lines.map((line) => line.after).filter((number) => number !== null)).toEqual(after.map((_, at) => at + 1));
    }),
  );
});

it("gives up on texts that have nothing to do with each other", () => {
  const numbered = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word} ${index}`).join("\n");
  expect(diffLines(numbered("a"), numbered("b"))).toBeNull();
});
