import { expect, it } from "vitest";
import { createLineCounter } from "./count-lines";

const lines = (numbers: readonly number[], total = 5) =>
  numbers.map((number) => `Flood line ${number} of ${total}"`).join();

it("counts what is missing in the middle and at the end, and what came twice", () => {
  const counter = createLineCounter(5);
  counter.read(lines([1, 2]));
  counter.read(lines([2, 4], 5));
  counter.read(lines([5, 6, 7], 50));
  expect(counter.count()).toEqual({ received: 4, lost: 2, doubled: 1 });
  expect(counter.isComplete()).toBe(false);
});

it("is content with each once", () => {
  const counter = createLineCounter(5);
  counter.read(lines([1, 2, 3, 4, 5]));
  expect(counter.count()).toEqual({ received: 5, lost: 0, doubled: 0 });
  expect(counter.isComplete()).toBe(true);
});
