import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A small world: regions with objects of their own, and files that share a pack. */
export function makeWorld(folder: string, options: { regions?: number; regionBytes?: number } = {}): void {
  const { regions = 3, regionBytes = 150_000 } = options;
  for (const name of ["region", "playerdata", "empty"]) mkdirSync(join(folder, name), { recursive: true });
  for (let index = 0; index < regions; index++)
    writeFileSync(join(folder, "region", `r.${index}.0.mca`), randomBytes(regionBytes));
  for (let index = 0; index < 20; index++)
    writeFileSync(join(folder, "playerdata", `${index}.dat`), randomBytes(20 + index));
  writeFileSync(join(folder, "level.dat"), randomBytes(500));
}

/** One region and one player's file change, another player's goes, a new region comes. */
export function playOn(folder: string, turn: number): void {
  writeFileSync(join(folder, "region", "r.1.0.mca"), randomBytes(150_000));
  writeFileSync(join(folder, "playerdata", `${turn % 20}.dat`), randomBytes(64));
  rmSync(join(folder, "playerdata", `${(turn + 7) % 20}.dat`), { force: true });
  writeFileSync(join(folder, "region", `r.new.${turn}.mca`), randomBytes(140_000));
}
