import { expect, it } from "vitest";
import { markMatches } from "./mark-matches";

const marked = (text: string, wanted: string, matchCase = false) =>
  markMatches(text, wanted, matchCase)
    .map(({ part, isMatch }) => (isMatch ? `[${part}]` : part))
    .join("");

it("marks every match, with its case or without", () => {
  expect(marked("max-players=20, Max", "max")).toBe("[max]-players=20, [Max]");
  expect(marked("max-players=20, Max", "max", true)).toBe("[max]-players=20, Max");
  expect(marked("aaa", "aa")).toBe("[aa]a");
  expect(marked("nothing", "x")).toBe("nothing");
});

it("keeps the text whole where places cannot be known", () => {
  expect(marked("İstanbul i", "i")).toBe("İstanbul i");
  expect(marked("text", "")).toBe("text");
});
