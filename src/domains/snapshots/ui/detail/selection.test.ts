import { expect, it } from "vitest";
import { isInSelected, toggle, toggleAll } from "./selection";

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

it("puts in and takes out together what belongs together", () => {
  const some = new Set(["world/region/r.0.0.mca", "notes.txt"]);
  const paths = ["world/region/r.0.0.mca", "world/poi/r.0.0.mca"];
  const all = toggleAll(some, paths);
  expect([...all].sort()).toEqual(["notes.txt", ...paths].sort());
  expect([...toggleAll(all, paths)]).toEqual(["notes.txt"]);
});
