import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const blockBytes = 4096;

/**
 * Every number that the blocks of the stand-in's region files begin with. One: the copy is of one moment. More: it is torn.
 *
 * @param world the world's folder, or a copy of it
 */
export async function readEpochs(world: string): Promise<bigint[]> {
  const folder = path.join(world, "region");
  const names = (await readdir(folder)).filter((name) => /^r\.\d+\.1\.mca$/.test(name));
  const found = new Set<bigint>();
  for (const name of names) {
    const content = await readFile(path.join(folder, name));
    for (let at = 0; at + 8 <= content.length; at += blockBytes) found.add(content.readBigInt64BE(at));
  }
  return [...found].sort();
}
