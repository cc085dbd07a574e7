import { expect, it } from "vitest";
import { drawHead } from "./draw-head";

it("draws the same face for the same player, another one for another, and one for whoever", () => {
  const notch = drawHead("b50ad385-829d-3141-a216-7e7d7539ba7f");
  expect(notch).toHaveLength(64);
  expect(drawHead("B50AD385-829d-3141-a216-7e7d7539ba7f")).toHaveLength(64);
  expect(drawHead("b50ad385-829d-3141-a216-7e7d7539ba7f")).toEqual(notch);
  expect(drawHead("f3d28cb0-7225-3cb1-baeb-2dadd2be89ae")).not.toEqual(notch);
  for (const { color } of [...drawHead(""), ...drawHead("ü")]) expect(color).toMatch(/^#[0-9a-f]{6}$/);
});
