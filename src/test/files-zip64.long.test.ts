import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
} from "node:fs";
import { open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeArchive } from "@/server/archive/write-archive";
import { type ArchiveTarget, openArchiveTarget } from "./archives/refuse-archive";
import { folderOf } from "./program-servers";

let target: ArchiveTarget;
beforeAll(async () => {
  target = await openArchiveTarget({
    ARCHIVE_MAX_FILES: "70000",
    ARCHIVE_MAX_SIZE_MB: "6000",
    ARCHIVE_MAX_FILE_SIZE_MB: "6000",
  });
}, 120_000);
afterAll(() => target?.program.end());

async function sumOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** Packs the folder, lets others look at the ZIP where they are here, and extracts it. */
async function throughZip(folder: string, name: string): Promise<string> {
  const { program, admin, serverId } = target;
  const file = folderOf(program, serverId, `${name}.zip`);
  const { stream } = await writeArchive({ root: folder, paths: [""], format: "zip" });
  await pipeline(stream, createWriteStream(file));
  if (existsSync("/usr/bin/unzip")) execFileSync("unzip", ["-tqq", file], { maxBuffer: 100_000_000 });
  await admin.files.extract.mutate({ serverId, path: `${name}.zip`, to: name, wait: true });
  await rm(file);
  return folderOf(program, serverId, name);
}

it("66,000 entries come back, each with its own content", { timeout: 900_000 }, async () => {
  const folder = join(target.program.dataDir, "many");
  mkdirSync(folder);
  for (let index = 0; index < 66_000; index++) await writeFile(join(folder, `${index}`), `${index}`);
  const back = await throughZip(folder, "many");
  expect(readdirSync(back)).toHaveLength(66_000);
  for (let index = 0; index < 66_000; index++) expect(readFileSync(join(back, `${index}`), "utf8")).toBe(`${index}`);
  await rm(folder, { recursive: true });
});

it("an entry of more than 4 GiB, and one that lies behind it, come back byte for byte", {
  timeout: 1_800_000,
}, async () => {
  const folder = join(target.program.dataDir, "large");
  mkdirSync(folder);
  const file = await open(join(folder, "a-large.bin"), "w");
  // Like a world: mostly what cannot be compressed.
  const piece = Buffer.alloc(16 * 1024 * 1024);
  for (let count = 0; count < 264; count++) {
    const half = createHash("shake256", { outputLength: piece.length / 2 })
      .update(`${count}`)
      .digest();
    half.copy(piece);
    await file.write(piece);
  }
  await file.close();
  await writeFile(join(folder, "behind.txt"), "behind");
  expect(statSync(join(folder, "a-large.bin")).size).toBeGreaterThan(2 ** 32);
  const before = await sumOf(join(folder, "a-large.bin"));
  const back = await throughZip(folder, "large");
  expect(await sumOf(join(back, "a-large.bin"))).toBe(before);
  expect(readFileSync(join(back, "behind.txt"), "utf8")).toBe("behind");
  for (const path of [folder, back]) await rm(path, { recursive: true });
});
