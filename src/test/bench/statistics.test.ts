import { expect, it } from "vitest";
import { median, percentile } from "./statistics";

it("takes the middle, whatever the order", () => {
  expect(median([30, 4, 100])).toBe(30);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

it("finds the value that a share does not exceed", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0, 0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).toEqual([1, 50, 95, 99, 100]);
});
