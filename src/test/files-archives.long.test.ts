import { execFileSync } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { writeArchive } from "@/server/archive/write-archive";
import { hostileArchives } from "./archives/hostile-archives";
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
