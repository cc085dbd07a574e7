import fc from "fast-check";
import { expect, it } from "vitest";
import { chosenText, mergeTexts } from "./merge-texts";

it("merges what does not overlap, and asks where it does", () => {
  const base = "a\nb\nc\nd\ne\n";
  const apart = mergeTexts({ base, mine: "A\nb\nc\nd\ne\n", theirs: "a\nb\nc\nd\nE\n" });
  expect(apart.every(({ kind }) => kind === "same")).toBe(true);
  expect(chosenText(apart, [])).toBe("A\nb\nc\nd\nE\n");
  const both = mergeTexts({ base, mine: "a\nmine\nc\nd\ne\n", theirs: "a\ntheirs\nc\nd\ne\n" });
  expect(both.filter(({ kind }) => kind === "conflict")).toEqual([
    { kind: "conflict", base: ["b"], theirs: ["theirs"], mine: ["mine"] },
  ]);
  expect(chosenText(both, ["theirs"])).toBe("a\ntheirs\nc\nd\ne\n");
  expect(chosenText(both, ["both"])).toBe("a\ntheirs\nmine\nc\nd\ne\n");
});

it("choosing one side everywhere loses nothing of it that the other side did not change", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 }).map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (base, mine) => {
      expect(chosenText(mergeTexts({ base, mine, theirs: base }), [])).toBe(mine);
      expect(chosenText(mergeTexts({ base, mine, theirs: mine }), [])).toBe(mine);
    }),
  );
});
