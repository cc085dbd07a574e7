import type { Region } from "../../contract";

interface RegionGrid {
  /** Columns and rows that hold a region, in order; empty stretches between them are left out. */
  xs: number[];
  zs: number[];
  at: ReadonlyMap<string, Region>;
}

export const regionKey = ({ x, z }: { x: number; z: number }) => `${x},${z}`;

export function regionGrid(regions: readonly Region[]): RegionGrid {
  const sorted = (values: number[]) => [...new Set(values)].sort((a, b) => a - b);
  return {
    xs: sorted(regions.map(({ x }) => x)),
    zs: sorted(regions.map(({ z }) => z)),
    at: new Map(regions.map((region) => [regionKey(region), region])),
  };
}

const ageSteps = 5;

/** How late each region changed among the others: 0 for the oldest up to 4 for the newest. */
export function regionAges(regions: readonly Region[]): ReadonlyMap<string, number> {
  const times = regions.map(({ modifiedAt }) => modifiedAt.getTime());
  const oldest = Math.min(...times);
  const span = Math.max(...times) - oldest;
  return new Map(
    regions.map((region) => {
      const share = span === 0 ? 1 : (region.modifiedAt.getTime() - oldest) / span;
      return [regionKey(region), Math.min(ageSteps - 1, Math.floor(share * ageSteps))];
    }),
  );
}

/** The next region in a direction, over empty places; null at the edge. */
export function nextRegion({ xs, zs, at }: RegionGrid, from: Region, step: { x: number; z: number }): Region | null {
  let column = xs.indexOf(from.x) + step.x;
  let row = zs.indexOf(from.z) + step.z;
  while (column >= 0 && column < xs.length && row >= 0 && row < zs.length) {
    const found = at.get(regionKey({ x: xs[column] ?? 0, z: zs[row] ?? 0 }));
    if (found) return found;
    column += step.x;
    row += step.z;
  }
  return null;
}

/** The files of a region in its dimension: blocks, and what else is kept by the same place, which belongs together. */
export function regionPaths(dimension: string, { x, z, besides }: Pick<Region, "x" | "z" | "besides">): string[] {
  const folder = dimension === "" ? "" : `${dimension}/`;
  return ["region", ...besides].map((kind) => `${folder}${kind}/r.${x}.${z}.mca`);
}
