import { expect, it } from "vitest";
import { viewerClock } from "./viewer-clock";

it("shows times in the viewer's zone, with the date when it is not today", () => {
  const clock = viewerClock("en", "Asia/Tokyo");
  expect(clock(new Date("2020-03-01T20:15:07Z"))).toBe("03/02, 05:15:07");
  expect(clock(new Date())).toMatch(/^\d\d:\d\d:\d\d$/);
  expect(clock(new Date("nonsense"))).toBe("--:--:--");
});
