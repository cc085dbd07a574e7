import { expect, it } from "vitest";
import { coalesce } from "./coalesce";

it("gives every caller a load that began after its call, with two loads for any number of callers", async () => {
  let truth = 1;
  let loads = 0;
  const read = coalesce(async () => {
    loads++;
    const seen = truth;
    await new Promise((resolve) => setTimeout(resolve, 5));
    return seen;
  });
  const first = read("a");
  truth = 2;
  const later = Array.from({ length: 100 }, () => read("a"));
  expect(await first).toBe(1);
  expect(await Promise.all(later)).toEqual(Array.from({ length: 100 }, () => 2));
  expect(loads).toBe(2);
});

it("does not remember failures", async () => {
  let fail = true;
  const read = coalesce(async () => {
    if (fail) throw new Error("down");
    return "up";
  });
  await expect(Promise.all([read("a"), read("a")])).rejects.toThrow("down");
  fail = false;
  expect(await read("a")).toBe("up");
});

it("keeps keys apart", async () => {
  const read = coalesce(async (key) => key);
  expect(await Promise.all([read("a"), read("b")])).toEqual(["a", "b"]);
});
