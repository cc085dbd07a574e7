import { expect, it } from "vitest";
import { createLeakyBucket } from "./leaky-bucket";

it("takes as much at once as it holds, and then as much as runs off", () => {
  const bucket = createLeakyBucket({ capacity: 100, perMs: 1 });
  const at = (ms: number, amount: number) => bucket.pour(amount, 1_000_000 + ms);
  expect([at(0, 60), at(0, 40), at(0, 1)]).toEqual([true, true, false]);
  expect([at(50, 49), at(50, 1)]).toEqual([true, false]);
  expect([at(10_000, 100), at(9_000, 0), at(10_100, 100)]).toEqual([true, true, true]);
});
