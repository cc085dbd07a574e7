import { expect, it } from "vitest";
import { isInSelected, toggle } from "./selection";

it("puts a path in and takes it out", () => {
  const once = toggle(new Set(), "world/level.dat");
  expect([...once]).toEqual(["world/level.dat"]);
  expect([...toggle(once, "world/level.dat")]).toEqual([]);
});

it("takes what lies inside a folder together with the folder", () => {
  const folder = toggle(new Set(["world/level.dat", "worlds.txt"]), "world");
  expect([...folder]).toEqual(["worlds.txt", "world"]);
  expect(isInSelected(folder, "world/region/r.0.0.mca")).toBe(true);
  expect(isInSelected(folder, "worlds/a")).toBe(false);
  expect(isInSelected(folder, "world")).toBe(false);
});
