import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeTree } from "@/test/snapshots/describe-tree";
import { openTestEngine, type TestEngine } from "@/test/snapshots/open-test-engine";
import { snapshotInfo } from "@/test/snapshots/snapshot-info";

const canMount = process.getuid?.() === 0 && process.platform === "linux" && tryMount();
const mebibyte = 1024 * 1024;
let disk: string;
let on: TestEngine;

/** A disk of 64 MB with the snapshots, and a world of 12 MB elsewhere. */
beforeEach(async () => {
  if (!canMount) return;
  disk = mkdtempSync(join(tmpdir(), "mcsd-full-"));
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=64m", "none", disk]);
  on = await openTestEngine({ base: disk });
  for (let index = 0; index < 6; index++) writeFileSync(join(on.world, `r.${index}.mca`), randomBytes(mebibyte));
  for (let index = 0; index < 300; index++) writeFileSync(join(on.world, `${index}.json`), randomBytes(1000));
  await on.take("first");
});
afterEach(async () => {
  if (!canMount) return;
  await on.close();
  spawnSync("umount", ["-l", disk]);
  rmSync(disk, { recursive: true, force: true });
});

const freeBytes = () => {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
};
/** Leaves so many bytes on the disk. */
function fill(leave: number) {
  const bytes = freeBytes() - leave;
  try {
    for (let done = 0, part = 0; done < bytes; part++, done += mebibyte)
      writeFileSync(join(disk, `filler-${part}`), Buffer.alloc(Math.min(mebibyte, bytes - done)));
  } catch {
    // Threads write at the same time: it may be full before we are done.
  }
}
const drain = () => {
  for (const name of readdirSync(disk)) if (name.startsWith("filler")) rmSync(join(disk, name));
};
const change = () => {
  for (let index = 0; index < 6; index++) writeFileSync(join(on.world, `r.${index}.mca`), randomBytes(mebibyte));
};

describe.skipIf(!canMount)("a full disk", () => {
  it("at the start: snapshot and restore refuse at once", async () => {
    const before = describeTree(on.world);
    change();
    const now = describeTree(on.world);
    fill(18 * mebibyte);
    await expect(on.take("second")).rejects.toMatchObject({
      code: "DISK_FULL",
      details: { freeBytes: expect.any(Number) },
    });
    const target = join(disk, "restored");
    await expect(on.engine.restoreSnapshot({ id: "first", target })).rejects.toMatchObject({ code: "DISK_FULL" });
    expect(existsSync(target)).toBe(false);
    expect(describeTree(on.world)).toEqual(now);
    drain();
    await on.take("second");
    await on.engine.restoreSnapshot({ id: "first", target });
    expect(describeTree(target)).toEqual(before);
  });

  // Others fill the disk while we write: the check at the start has passed by then.
  it.each([
    ["in the middle", 3 * mebibyte],
    ["at the last bytes", 6 * mebibyte + 100_000],
    ["at the manifest", 6 * mebibyte + 330_000],
  ])("%s of a snapshot: it fails clearly, leaves nothing, and works once there is room", async (_, leave) => {
    change();
    const now = describeTree(on.world);
    const run = await on.engine.beginSnapshot({
      info: snapshotInfo("second"),
      source: { folder: on.world },
      onProgress: ({ files }) => {
        if (files === 300 || files === 0) fill(leave);
      },
    });
    const outcome = await run
      .capture()
      .then(() => run.commit())
      .then(
        () => "done",
        (error: unknown) => (error as { code?: unknown }).code,
      );
    await run.close();
    if (leave < 6 * mebibyte) expect(outcome).toBe("DISK_FULL");
    expect(["done", "DISK_FULL"]).toContain(outcome);
    const ids = (await on.engine.reindex()).map((found) => (found.isDamaged ? "damaged" : found.info.id));
    expect(ids).toEqual(outcome === "done" ? ["first", "second"] : ["first"]);
    expect((await on.engine.verifyAll()).every(({ isGood }) => isGood)).toBe(true);
    expect(readdirSync(join(on.root, ".staging"))).toEqual([]);
    expect(describeTree(on.world)).toEqual(now);
    drain();
    await on.take("third");
    expect((await on.engine.verifySnapshot("third")).isGood).toBe(true);
  });

  it.each([0, 2 * mebibyte])("with %i bytes left in a restore: the target is gone again", async (leave) => {
    const before = describeTree(on.world);
    const target = join(disk, "restored");
    let isFilled = false;
    const restoring = on.engine.restoreSnapshot({
      id: "first",
      target,
      onProgress: () => {
        if (!isFilled) fill(leave);
        isFilled = true;
      },
    });
    await expect(restoring).rejects.toMatchObject({ code: "DISK_FULL" });
    expect(existsSync(target)).toBe(false);
    drain();
    await on.engine.restoreSnapshot({ id: "first", target });
    expect(describeTree(target)).toEqual(before);
    expect(describeTree(on.world)).toEqual(before);
  });
});

function tryMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "mcsd-mount-"));
  mkdirSync(folder, { recursive: true });
  const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=1m", "none", folder]).status === 0;
  if (isMounted) spawnSync("umount", [folder]);
  rmSync(folder, { recursive: true, force: true });
  return isMounted;
}
