import { expect, it } from "vitest";
import { chartTop } from "./chart-top";

it("is a round number above all values", () => {
  expect(chartTop([0.2, 7.2, null])).toBe(8);
  expect(chartTop([112])).toBe(150);
  expect(chartTop([0.034])).toBeCloseTo(0.04);
  expect(chartTop([3_700_000], { isBytes: true })).toBe(4 * 1024 ** 2);
  expect(chartTop([1000 * 1024 ** 2], { isBytes: true })).toBe(1000 * 1024 ** 2);
});

it("is never lower than what was asked for", () => {
  expect(chartTop([3], { least: 20 })).toBe(20);
  expect(chartTop([null], { least: 1 })).toBe(1);
  expect(chartTop([], {})).toBe(0);
});
