import { expect, it } from "vitest";
import { jobShare, sentShare } from "./world-progress";

it("goes one way, from the first byte sent to the world in its place", () => {
  const running = { status: "running", done: null, total: null } as const;
  const way = [
    sentShare(0, 900),
    sentShare(450, 900),
    sentShare(900, 900),
    jobShare({ ...running, step: null }),
    jobShare({ ...running, step: "unpack" }),
    jobShare({ ...running, step: "read" }),
    jobShare({ ...running, step: "read", done: 5, total: 10 }),
    jobShare({ ...running, step: "extract" }),
    jobShare({ ...running, step: "extract", done: 10, total: 10 }),
    jobShare({ ...running, step: "pre_restore" }),
    jobShare({ ...running, step: "swap" }),
    jobShare({ ...running, status: "succeeded", step: "swap" }),
  ];
  expect(way).toEqual(way.toSorted((a, b) => a - b));
  expect([way[0], way.at(-1)]).toEqual([0, 100]);
  expect(sentShare(0, 0)).toBe(0);
});
