import { expect, it } from "vitest";
import { limitConcurrency } from "./limit-concurrency";

it("never runs more than so many at once, in order, whether they succeed or fail", async () => {
  const limited = limitConcurrency(2);
  let running = 0;
  let most = 0;
  const begun: number[] = [];
  const work = (index: number) => async () => {
    begun.push(index);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running--;
    if (index % 3 === 0) throw new Error("failed");
    return index;
  };
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => limited(work(index))));
  expect(most).toBe(2);
  expect(begun).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(results.map(({ status }) => status).filter((status) => status === "rejected")).toHaveLength(7);
  expect(await limited(work(1))).toBe(1);
});
