import { execFileSync } from "node:child_process";
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeArchive } from "@/server/archive/write-archive";
import { hostileArchives } from "./archives/hostile-archives";
import { rawTar } from "./archives/raw-tar";
import { rawZip } from "./archives/raw-zip";
import { type ArchiveTarget, openArchiveTarget } from "./archives/refuse-archive";
import { folderOf } from "./program-servers";

let target: ArchiveTarget;
beforeAll(async () => {
  target = await openArchiveTarget();
}, 120_000);
afterAll(() => target?.program.end());

it.each(hostileArchives.map((archive) => [`${archive.file}: ${archive.name}`, archive] as const))(
  "%s is refused with its reason, extracted or imported, and nothing has changed",
  (_, archive) => target.refuses(archive),
  60_000,
);

const million = Array.from({ length: 1_000_000 }, (_, index) => ({ name: `${index}` }));
it.each([
  // The old field for their number holds sixteen bits.
  ["zip", ["tooManyEntries", "ambiguous"], () => rawZip(million, { count: 1_000_000 % 65_536 })],
  ["tar", ["tooManyEntries"], () => rawTar(million)],
] as const)(
  "a million empty entries as %s are refused",
  (format, rules, make) => target.refuses({ file: `evil.${format}`, name: "a million", rules, make }),
  400_000,
);

it("an entry of 5 GiB, claimed and real, is refused long before the disk is full", async () => {
  const { program, admin, serverId } = target;
  const file = folderOf(program, serverId, "huge.tar");
  const size = 5 * 1024 ** 3;
  writeFileSync(file, rawTar([{ name: "huge", size }], { end: 0 }));
  // Zeros that take no room.
  truncateSync(file, 512 + size + 1024);
  const free = () => statfsSync(program.dataDir).bavail * statfsSync(program.dataDir).bsize;
  const before = free();
  let least = before;
  const watch = setInterval(() => {
    least = Math.min(least, free());
  }, 50);
  await expect(
    admin.files.extract.mutate({ serverId, path: "huge.tar", to: "huge", wait: true }),
  ).rejects.toMatchObject({ data: { error: { details: { rule: "fileTooLarge" } } } });
  clearInterval(watch);
  // Others use the disk too.
  expect(before - least).toBeLessThan(2 * 1024 ** 3);
  expect(readdirSync(join(program.dataDir, "temp", "extractions"))).toEqual([]);
  rmSync(file);
}, 400_000);

it("with more than 65,535 entries is a zip64 that others read, and is refused by number", async () => {
  const { program, admin, serverId } = target;
  const folder = join(program.dataDir, "many");
  const file = folderOf(program, serverId, "many.zip");
  mkdirSync(folder);
  for (let index = 0; index < 66_000; index++) writeFileSync(join(folder, `${index}`), "");
  const { stream } = await writeArchive({ root: folder, paths: [""], format: "zip" });
  await pipeline(stream, createWriteStream(file));
  await expect(
    admin.files.extract.mutate({ serverId, path: "many.zip", to: "many", wait: true }),
  ).rejects.toMatchObject({ data: { error: { details: { rule: "tooManyEntries" } } } });
  if (existsSync("/usr/bin/unzip"))
    expect(execFileSync("unzip", ["-Z1", file], { maxBuffer: 10_000_000 }).toString().split("\n").length).toBe(66_001);
  rmSync(folder, { recursive: true });
}, 400_000);
