import { randomBytes } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeTree } from "@/test/snapshots/describe-tree";
import { makeWorld, playOn } from "@/test/snapshots/make-world";
import { openTestEngine, type TestEngine } from "@/test/snapshots/open-test-engine";
import { readAll } from "@/test/snapshots/read-all";

let on: TestEngine;
let now: string[];
beforeEach(async () => {
  on = await openTestEngine();
  makeWorld(on.world, { regionBytes: 5_000_000, regions: 2 });
  await on.take("first");
  playOn(on.world, 1);
  await on.take("second");
  now = describeTree(on.world);
});
afterEach(() => on.close());

const objects = (pattern: RegExp) =>
  readdirSync(join(on.root, "objects"), { recursive: true })
    .map(String)
    .filter((name) => pattern.test(name))
    .map((name) => join(on.root, "objects", name));
/** The object of a region that both snapshots have. */
const shared = async () => {
  const { entries } = await on.engine.browse("first", "region");
  const entry = entries.find(({ name }) => name === "r.0.0.mca")?.entry;
  return objects(new RegExp(entry?.type === "file" ? entry.hash : "none"))[0] ?? "";
};
const restore = (id = "second") => on.engine.restoreSnapshot({ id, target: join(on.base, "restored") });
function flipByte(path: string, at: number) {
  const bytes = readFileSync(path);
  bytes[at < 0 ? bytes.length + at : at] = (bytes.at(at) ?? 0) ^ 0x40;
  chmodSync(path, 0o600);
  writeFileSync(path, bytes);
}
const nothingTouched = () => {
  expect(readdirSync(on.base).sort()).toEqual(["snapshots", "world"]);
  expect(describeTree(on.world)).toEqual(now);
};

describe("what is damaged on disk", () => {
  it.each([
    ["missing", (path: string) => rmSync(path)],
    ["cut off", (path: string) => truncateSync(path, 1_000_000)],
    ["empty", (path: string) => truncateSync(path, 0)],
  ])(
    "an object that is %s: restore refuses at once and says which files; verify names every snapshot",
    async (_, harm) => {
      harm(await shared());
      await expect(restore()).rejects.toMatchObject({
        code: "SNAPSHOT_DAMAGED",
        details: { damagedFiles: 1, paths: [expect.stringContaining("region/r.0.0.mca: ")] },
      });
      nothingTouched();
      const verdicts = await on.engine.verifyAll();
      expect(verdicts.map(({ id, isGood, damaged }) => [id, isGood, damaged.map(({ path }) => path)])).toEqual([
        ["first", false, ["region/r.0.0.mca"]],
        ["second", false, ["region/r.0.0.mca"]],
      ]);
    },
  );

  it.each([100, 2_500_000, 4_900_000])("a flipped bit at %i: restore leaves nothing, verify names it", async (at) => {
    flipByte(await shared(), at);
    await expect(restore()).rejects.toMatchObject({ code: "SNAPSHOT_DAMAGED" });
    nothingTouched();
    expect(await on.engine.verifySnapshot("first")).toMatchObject({
      isGood: false,
      damaged: [{ path: "region/r.0.0.mca" }],
    });
    const { content } = await on.engine.readFile({ id: "first", path: "region/r.0.0.mca" });
    await expect(readAll(content)).rejects.toMatchObject({ code: "SNAPSHOT_DAMAGED" });
  });

  it("a pack: every file in it is named, and an untouched snapshot stays good", async () => {
    const [pack] = objects(/\.pack\.zst$/);
    writeFileSync(join(on.world, "alone"), randomBytes(200_000));
    await on.engine.createSnapshot({
      info: { ...(await infoOf("second")), id: "alone", identifier: "other" },
      source: { folder: on.world, only: ["alone"] },
    });
    flipByte(pack ?? "", 10);
    const verdicts = await on.engine.verifyAll();
    expect(verdicts.filter(({ isGood }) => isGood).map(({ id }) => id)).toEqual(expect.arrayContaining(["alone"]));
    const hit = verdicts.find(({ isGood }) => !isGood);
    expect(hit?.damaged.length).toBeGreaterThan(0);
    expect(hit?.damaged.every(({ path }) => /^playerdata\/|level\.dat/.test(path))).toBe(true);
    await expect(restore(hit?.id)).rejects.toMatchObject({ code: "SNAPSHOT_DAMAGED" });
    expect(readdirSync(on.base).sort()).toEqual(["snapshots", "world"]);
  });

  it("a manifest: nothing can be done with it, the index names it, and nothing is collected", async () => {
    const path = join(on.root, "second", "manifest.json");
    for (const at of [10, 700, -10, -80]) {
      const good = readFileSync(path);
      flipByte(path, at);
      for (const work of [
        () => restore(),
        () => on.engine.browse("second"),
        () => on.engine.compareSnapshots("first", "second"),
      ])
        await expect(work()).rejects.toMatchObject({ code: "SNAPSHOT_DAMAGED" });
      nothingTouched();
      expect((await on.engine.verifySnapshot("second")).manifestProblem).not.toBeNull();
      expect(await on.engine.reindex()).toContainEqual({ isDamaged: true, id: "second" });
      expect(await on.engine.collect()).toMatchObject({ blockedBy: ["second"], removedObjects: 0 });
      writeFileSync(path, good);
    }
    truncateSync(path, 400);
    await expect(restore()).rejects.toMatchObject({ code: "SNAPSHOT_DAMAGED" });
    expect((await on.engine.verifySnapshot("first")).isGood).toBe(true);
  });

  it("a manifest that was exchanged for another one is not the one of the row", async () => {
    const { checksum } = (await on.engine.reindex()).find((found) => !found.isDamaged && found.info.id === "first") as {
      checksum: string;
    };
    expect((await on.engine.verifySnapshot("first", { checksum })).isGood).toBe(true);
    expect((await on.engine.verifySnapshot("second", { checksum })).isGood).toBe(false);
  });

  it("is healed by the next snapshot that meets the same content", async () => {
    flipByte(await shared(), 3_000_000);
    expect((await on.engine.verifySnapshot("first")).isGood).toBe(false);
    await on.take("third");
    expect((await on.engine.verifyAll()).every(({ isGood }) => isGood)).toBe(true);
    rmSync(await shared());
    await on.take("fourth");
    expect((await on.engine.verifyAll()).every(({ isGood }) => isGood)).toBe(true);
  });
});

async function infoOf(id: string) {
  return (await on.engine.browse(id)).info;
}
