import { expect, it } from "vitest";
import { acceptsByIntervals, acceptsByPredicates } from "./accepts-version";

it.each([
  [["*"], "1.21.4", true],
  [[">=1.21"], "1.21.4", true],
  [[">=1.21"], "1.20.6", false],
  [[">=1.21 <1.21.5"], "1.21.5", false],
  [["~1.21.1"], "1.21.4", true],
  [["~1.21.1"], "1.22", false],
  [["~1.21.1"], "1.21", false],
  [["^1.20"], "1.21.4", true],
  [["^1.20"], "26.1", false],
  [["1.20.x"], "1.20.4", true],
  [["1.20.x"], "1.2", false],
  [["1.21"], "1.21.1", false],
  [["=1.21.1"], "1.21.1", true],
  [["1.20.1", "1.20.4"], "1.20.4", true],
  [["1.20.1 || 1.20.4"], "1.20.2", false],
  [[">=26.1"], "26.1.2", true],
  [[">=1.21-"], "1.21-pre1", true],
  [["whatever it is"], "1.21.4", null],
  [[], "1.21.4", null],
])("Fabric's %j holds %s: %s", (ranges, version, expected) => {
  expect(acceptsByPredicates(ranges, version)).toBe(expected);
});

it.each([
  ["[1.21,1.22)", "1.21.4", true],
  ["[1.21,1.22)", "1.22", false],
  ["[1.21,)", "26.1", true],
  ["(1.21,)", "1.21", false],
  ["(,1.20.4]", "1.20.4", true],
  ["[1.20.1]", "1.20.1", true],
  ["[1.20.1]", "1.20.2", false],
  ["[1.19,1.19.3),[1.20,1.21)", "1.20.4", true],
  ["[1.19,1.19.3),[1.20,1.21)", "1.19.4", false],
  ["1.20.1", "1.21", true],
  ["", "1.21", true],
  ["[a,b]", "1.21", null],
  ["nonsense", "1.21", null],
])("Maven's %j holds %s: %s", (range, version, expected) => {
  expect(acceptsByIntervals(range, version)).toBe(expected);
});
