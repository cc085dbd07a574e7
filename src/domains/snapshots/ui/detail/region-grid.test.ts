import { expect, it } from "vitest";
import type { Region } from "../../contract";
import { nextRegion, regionAges, regionGrid, regionPaths } from "./region-grid";

const region = (x: number, z: number, day = 1): Region => ({
  x,
  z,
  size: 1,
  modifiedAt: new Date(Date.UTC(2026, 0, day)),
  besides: [],
});

it("leaves out empty stretches between far regions", () => {
  const { xs, zs } = regionGrid([region(0, 0), region(5000, 0), region(-1, -3)]);
  expect([xs, zs]).toEqual([
    [-1, 0, 5000],
    [-3, 0],
  ]);
});

it("moves to the next region over empty places, and stays at the edge", () => {
  const from = region(0, 0);
  const grid = regionGrid([from, region(1, 1), region(3, 0)]);
  expect(nextRegion(grid, from, { x: 1, z: 0 })).toMatchObject({ x: 3, z: 0 });
  expect(nextRegion(grid, from, { x: 0, z: 1 })).toBeNull();
  expect(nextRegion(grid, from, { x: -1, z: 0 })).toBeNull();
});

it("tells old from new among the regions; alike ones are all new", () => {
  const ages = regionAges([region(0, 0, 1), region(1, 0, 5), region(2, 0, 11)]);
  expect([...ages.values()]).toEqual([0, 2, 4]);
  expect([...regionAges([region(0, 0), region(1, 0)]).values()]).toEqual([4, 4]);
});

it("names the files of a region, with what is kept beside it", () => {
  expect(regionPaths("world/DIM-1", { x: -1, z: 2, besides: ["entities", "poi"] })).toEqual([
    "world/DIM-1/region/r.-1.2.mca",
    "world/DIM-1/entities/r.-1.2.mca",
    "world/DIM-1/poi/r.-1.2.mca",
  ]);
  expect(regionPaths("", { x: 0, z: 0, besides: [] })).toEqual(["region/r.0.0.mca"]);
});
