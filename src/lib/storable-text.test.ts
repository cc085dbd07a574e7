import { expect, it } from "vitest";
import { isStorableText, toStorableJson, toStorableText } from "./storable-text";

it.each([
  ["plain", true],
  ["Grün 日本語 🌍", true],
  ["a\u0000b", false],
  ["a\ud83c", false],
  ["\udf0da", false],
])("%j is storable: %s", (text, isStorable) => {
  expect(isStorableText(text)).toBe(isStorable);
  expect(isStorableText(toStorableText(text))).toBe(true);
  expect(toStorableText(text) === text).toBe(isStorable);
});

it("mends every text of a value and leaves the rest as it is", () => {
  const value = { a: ["x\u0000", 1, null], b: { c: "\ud83c!" }, d: true };
  expect(toStorableJson(value)).toEqual({ a: ["x\ufffd", 1, null], b: { c: "\ufffd!" }, d: true });
  expect(toStorableJson(undefined)).toBeUndefined();
});
