import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { takeTurns } from "./take-turns";

it("runs no more at a time than it may, all of them, in order, also after failures", async () => {
  const inTurn = takeTurns(2);
  const began: number[] = [];
  let busy = 0;
  let most = 0;
  const work = (index: number) => async () => {
    began.push(index);
    most = Math.max(most, ++busy);
    await delay(1);
    busy--;
    if (index % 3 === 0) throw new Error(`no ${index}`);
    return index;
  };
  const settled = await Promise.allSettled(Array.from({ length: 9 }, (_, index) => inTurn(work(index))));
  expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(6);
  expect(began).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(most).toBe(2);
  expect(await inTurn(work(10))).toBe(10);
});
