import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const regionBytes = 5 * 1024 * 1024;

/** Region files that cannot be compressed, 1,000 small JSON files and 20 MB of logs. Resolves with the region files. */
export async function makeBenchWorld(folder: string, megabytes: number): Promise<string[]> {
  for (const name of ["region", "playerdata", "logs"]) await mkdir(join(folder, name), { recursive: true });
  const regions: string[] = [];
  for (let index = 0; index * regionBytes < megabytes * 1024 * 1024; index++) {
    const path = join(folder, "region", `r.${index % 32}.${Math.floor(index / 32)}.mca`);
    await writeFile(path, randomBytes(regionBytes));
    regions.push(path);
  }
  for (let index = 0; index < 1000; index++)
    await writeFile(
      join(folder, "playerdata", `${index}.json`),
      JSON.stringify({
        index,
        name: randomBytes(8).toString("hex"),
        stats: Array.from({ length: 50 }, (_, n) => n * index),
      }),
    );
  const line = (index: number) =>
    `[12:00:${index % 60}] [Server thread/INFO]: Player${index % 100} joined the game (${index})\n`;
  for (let file = 0; file < 4; file++)
    await writeFile(
      join(folder, "logs", `${file}.log`),
      Array.from({ length: 75_000 }, (_, index) => line(index)).join(""),
    );
  return regions;
}

/** Writes every `n`th region anew; resolves with how many. */
export async function changeRegions(regions: readonly string[], share: number): Promise<number> {
  const step = Math.round(1 / share);
  const changed = regions.filter((_, index) => index % step === 0);
  for (const path of changed) await writeFile(path, randomBytes(regionBytes));
  return changed.length;
}
