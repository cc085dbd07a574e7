import { expect, it } from "vitest";
import { requiredJava } from "./required-java";

it.each([
  ["b1.7.3", 7],
  ["1.2.5", 7],
  ["1.7.9", 7],
  ["1.7.10", 8],
  ["1.8.9", 8],
  ["1.16.5", 8],
  ["1.17", 16],
  ["1.17.1", 16],
  ["21w37a", 17],
  ["1.18-pre1", 17],
  ["1.18", 17],
  ["1.20.4", 17],
  ["24w14a", 21],
  ["1.20.5", 21],
  ["1.20.6", 21],
  ["1.21.11", 21],
  ["26.1-snapshot-1", 25],
  ["26.1", 25],
  ["26.3-snapshot-6", 25],
  ["27.1", 25],
  ["my own server", 25],
])("%s needs Java %i by the table", (version, major) => {
  expect(requiredJava(version)).toBe(major);
  expect(requiredJava(version, null)).toBe(major);
});

it("believes the version's own metadata first", () => {
  expect(requiredJava("1.16.5", 11)).toBe(11);
  expect(requiredJava("26.9", 29)).toBe(29);
});
