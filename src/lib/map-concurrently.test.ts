import { expect, it } from "vitest";
import { mapConcurrently } from "./map-concurrently";

it("keeps the order and never runs more than the limit", async () => {
  let running = 0;
  let most = 0;
  const results = await mapConcurrently([30, 5, 20, 1, 10], 2, async (ms) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, ms));
    running--;
    return ms * 2;
  });
  expect(results).toEqual([60, 10, 40, 2, 20]);
  expect(most).toBe(2);
});

it("fails with the first failure", async () => {
  const failure = mapConcurrently([1, 2, 3], 2, async (item) => {
    if (item === 2) throw new Error("two");
  });
  await expect(failure).rejects.toThrow("two");
  await expect(mapConcurrently([], 3, async () => 1)).resolves.toEqual([]);
});
