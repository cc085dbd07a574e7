import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeTree } from "@/test/snapshots/describe-tree";
import { openTestEngine, type TestEngine } from "@/test/snapshots/open-test-engine";
import { readAll } from "@/test/snapshots/read-all";

let on: TestEngine;
const region = randomBytes(6_000_000);
beforeEach(async () => {
  on = await openTestEngine();
  mkdirSync(join(on.world, "region"));
  writeFileSync(join(on.world, "region", "r.0.0.mca"), region);
  writeFileSync(join(on.world, "region", "r.0.1.mca"), "small");
  writeFileSync(join(on.world, "server.properties"), "motd=hello\n");
  symlinkSync("region", join(on.world, "link"));
  await on.take("first");
});
afterEach(() => on.close());

const read = async (path: string, range?: { start: number; end: number }) =>
  readAll((await on.engine.readFile({ id: "first", path, range })).content);

it("shows folders with their sizes from the manifest alone", async () => {
  rmSync(join(on.root, "objects"), { recursive: true });
  const root = await on.engine.browse("first");
  expect(root.info).toMatchObject({ id: "first", identifier: "server-1/world", createdBy: "ann" });
  expect(root.entries.map(({ name, entry, files, bytes }) => [name, entry.type, files, bytes])).toEqual([
    ["link", "link", 0, 0],
    ["region", "folder", 2, 6_000_005],
    ["server.properties", "file", 1, 11],
  ]);
  expect((await on.engine.browse("first", "region")).entries.map(({ name }) => name)).toEqual([
    "r.0.0.mca",
    "r.0.1.mca",
  ]);
  await expect(on.engine.browse("first", "regio")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(on.engine.browse("none")).rejects.toMatchObject({ code: "SNAPSHOT_NOT_FOUND" });
  await expect(on.engine.browse("../world")).rejects.toMatchObject({ code: "SNAPSHOT_NOT_FOUND" });
});

it("reads files and ranges of them", async () => {
  expect((await read("region/r.0.0.mca")).equals(region)).toBe(true);
  expect(await read("server.properties")).toEqual(Buffer.from("motd=hello\n"));
  const range = { start: 2_000_000, end: 4_300_000 };
  expect((await read("region/r.0.0.mca", range)).equals(region.subarray(range.start, range.end))).toBe(true);
  expect(await read("server.properties", { start: 5, end: 100 })).toEqual(Buffer.from("hello\n"));
  expect((await read("region/r.0.0.mca", { start: 5_999_999, end: 7_000_000 })).length).toBe(1);
  await expect(read("region")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("compares snapshots, and a snapshot with the present", async () => {
  renameSync(join(on.world, "server.properties"), join(on.world, "renamed"));
  writeFileSync(join(on.world, "region", "r.0.1.mca"), "other");
  chmodSync(join(on.world, "region", "r.0.0.mca"), 0o600);
  rmSync(join(on.world, "link"));
  symlinkSync("elsewhere", join(on.world, "link"));
  const expected = [
    ["link", "changed", true, false],
    ["region/r.0.0.mca", "changed", false, true],
    ["region/r.0.1.mca", "changed", true, false],
    ["renamed", "added", false, false],
    ["server.properties", "removed", false, false],
  ];
  const short = (found: Awaited<ReturnType<typeof on.engine.compareSnapshots>>) =>
    found.map(({ path, change, isContentChanged, isModeChanged }) => [path, change, isContentChanged, isModeChanged]);
  expect(short(await on.engine.compareWithFolder({ id: "first", source: { folder: on.world } }))).toEqual(expected);
  await on.take("second");
  expect(short(await on.engine.compareSnapshots("first", "second"))).toEqual(expected);
  expect(await on.engine.compareSnapshots("second", "second")).toEqual([]);
  expect(await on.engine.compareWithFolder({ id: "second", source: { folder: on.world } })).toEqual([]);
});

it("restores chosen files and folders with the way to them, and nothing else", async () => {
  const target = join(on.base, "part");
  await on.engine.restoreSnapshot({ id: "first", target, paths: ["region/r.0.1.mca", "server.properties"] });
  expect(describeTree(target, { times: false }).map((line) => line.split(" ")[0])).toEqual([
    "region",
    "region/r.0.1.mca",
    "server.properties",
  ]);
  const again = { id: "first", target, paths: ["region"] };
  await expect(on.engine.restoreSnapshot(again)).rejects.toMatchObject({ code: "STATE_CONFLICT" });
  const none = { id: "first", target: join(on.base, "none"), paths: ["regio"] };
  await expect(on.engine.restoreSnapshot(none)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

it("writes the rows of snapshots anew from the disk", async () => {
  await on.take("second", { type: "pre_update", note: "vor 1.22 ☃", metadata: { minecraft: "1.21.8" } });
  const [first, second] = await on.engine.reindex();
  expect(first).toMatchObject({ info: { id: "first", version: 1, type: "manual" }, totals: { files: 3 } });
  expect(second).toMatchObject({
    isDamaged: false,
    info: { id: "second", version: 2, type: "pre_update", note: "vor 1.22 ☃", metadata: { minecraft: "1.21.8" } },
  });
  await expect(on.take("second")).rejects.toMatchObject({ code: "SNAPSHOT_EXISTS" });
  expect((await on.engine.verifySnapshot("second")).isGood).toBe(true);
});
