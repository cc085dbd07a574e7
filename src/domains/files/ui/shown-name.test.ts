import fc from "fast-check";
import { expect, it } from "vitest";
import { isOddName, shownName, shownPath } from "./shown-name";

it.each([
  ["server.properties", "server.properties"],
  ["my world (2)", "my world (2)"],
  ["日本語　ワールド", "日本語　ワールド"],
  ["👨‍👩‍👧 ❤️", "👨‍👩‍👧 ❤️"],
  ["caf\udce9", "caf\\xE9"],
  ["line\nbreak\t\u0000\u001b[31m", "line\\u{A}break\\u{9}\\u{0}\\u{1B}[31m"],
  ["exe.\u202egpj", "exe.\\u{202E}gpj"],
  ["\u2066a\u2069", "\\u{2066}a\\u{2069}"],
  ["zero\u200bwidth\u00ad", "zero\\u{200B}width\\u{AD}"],
  [" lead trail  ", "\\u{20}lead trail\\u{20}\\u{20}"],
  ["no\u00a0break", "no\\u{A0}break"],
  ["back\\slash", "back\\\\slash"],
  ["\ud800", "\\u{D800}"],
])("shows %j as %j", (name, shown) => {
  expect(shownName(name)).toBe(shown);
});

it("never shows two names alike, nor anything that turns or hides text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
      if (a !== b) expect(shownName(a)).not.toBe(shownName(b));
      expect(shownName(a)).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
    }),
  );
});

it("keeps the slashes of a path, and marks names that other systems cannot hold", () => {
  expect(shownPath("a/b\n/c")).toBe("a/b\\u{A}/c");
  expect(["a:b", "con.txt", "dot.", "a\u202eb", " a"].filter((name) => !isOddName(name))).toEqual([]);
  expect(["world", "level.dat", "日本", ".hidden"].filter(isOddName)).toEqual([]);
});
