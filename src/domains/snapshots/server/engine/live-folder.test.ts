import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeTree } from "@/test/snapshots/describe-tree";
import { openTestEngine, type TestEngine } from "@/test/snapshots/open-test-engine";
import { readAll } from "@/test/snapshots/read-all";
import { snapshotInfo } from "@/test/snapshots/snapshot-info";

let on: TestEngine;
beforeEach(async () => {
  on = await openTestEngine();
});
afterEach(() => on.close());

/** A game that writes one number all over its regions, again and again, while saving is on. */
function startWriter(folder: string, files: number, bytes: number) {
  let epoch = 0;
  let isSaving = true;
  let isEnded = false;
  let round: Promise<void> = Promise.resolve();
  const save = async () => {
    epoch++;
    for (let index = 0; index < files; index++) {
      const file = await open(join(folder, `r.${index}.mca`), "r+").catch(() =>
        open(join(folder, `r.${index}.mca`), "w+"),
      );
      // Sectors are written one by one, as the game does: a copy in the middle shows two numbers.
      for (let at = 0; at < bytes; at += 65_536) await file.write(Buffer.alloc(65_536, epoch % 251), 0, 65_536, at);
      await file.close();
    }
  };
  const loop = async () => {
    while (!isEnded) {
      if (isSaving) {
        round = save();
        await round;
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const ended = loop();
  return {
    hold: async () => {
      isSaving = false;
      await round;
    },
    release: () => {
      isSaving = true;
    },
    end: async () => {
      isEnded = true;
      await ended;
    },
  };
}

it("is one moment of a world that is written all the time, and reads little while it holds still", async () => {
  mkdirSync(join(on.world, "region"));
  const writer = startWriter(join(on.world, "region"), 6, 1_048_576);
  try {
    await writer.hold();
    writeFileSync(join(on.world, "big"), randomBytes(8_000_000));
    writer.release();
    await new Promise((resolve) => setTimeout(resolve, 2100));
    for (let turn = 0; turn < 4; turn++) {
      const id = `live-${turn}`;
      let stillReadBytes = 0;
      await on.engine.createSnapshot({
        info: snapshotInfo(id),
        source: { folder: on.world },
        whileStill: async (capture) => {
          await writer.hold();
          try {
            ({ readBytes: stillReadBytes } = await capture());
          } finally {
            writer.release();
          }
        },
      });
      expect(stillReadBytes).toBeLessThan(7_000_000);
      const target = join(on.base, id);
      await on.engine.restoreSnapshot({ id, target });
      const numbers = new Set<number>();
      for (const name of readdirSync(join(target, "region"))) {
        const file = await open(join(target, "region", name));
        for (const byte of await file.readFile()) numbers.add(byte);
        await file.close();
      }
      expect(numbers.size).toBe(1);
    }
  } finally {
    await writer.end();
  }
});

/** A process that writes one byte after the other, as fast as it can, all over a file. */
async function startRestless(path: string): Promise<{ end(): Promise<void> }> {
  const program = `const fs = require("node:fs"); const fd = fs.openSync(process.argv[1], "r+"); const { size } = fs.fstatSync(fd);
    for (let n = 0; ; n++) { fs.writeSync(fd, Buffer.of(n % 256), 0, 1, (n * 4099) % size); if (n === 10) fs.writeSync(1, "ready"); }`;
  const child = spawn(process.execPath, ["-e", program, path], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return {
    end: async () => {
      child.kill("SIGKILL");
      await once(child, "close");
    },
  };
}

it("reads a file again that changes while it is read, and says when it never holds still", async () => {
  const path = join(on.world, "restless");
  writeFileSync(path, Buffer.alloc(60_000_000));
  const restless = await startRestless(path);
  try {
    expect(await on.take("first")).toMatchObject({ unsteady: ["restless"] });
  } finally {
    await restless.end();
  }
  const before = describeTree(on.world);
  // The reading that was not steady is not relied on.
  expect(await on.take("second")).toMatchObject({ unsteady: [], readFiles: 1 });
  await on.engine.restoreSnapshot({ id: "second", target: join(on.base, "restored") });
  expect(describeTree(join(on.base, "restored"))).toEqual(before);
});

it("never follows a link out of the folder, however fast it is exchanged", async () => {
  const [secret, inner] = [join(on.base, "secret"), join(on.world, "inner")];
  mkdirSync(secret);
  writeFileSync(join(secret, "file"), "secret");
  let isEnded = false;
  const swapping = (async () => {
    for (let count = 0; !isEnded; count++) {
      rmSync(inner, { recursive: true, force: true });
      if (count % 2 === 0) symlinkSync(secret, inner);
      else {
        mkdirSync(`${inner}.new`);
        writeFileSync(join(`${inner}.new`, "file"), "ours");
        renameSync(`${inner}.new`, inner);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  try {
    for (let turn = 0; turn < 10; turn++) {
      await on.take(`turn-${turn}`);
      const { entries } = await on.engine.browse(`turn-${turn}`);
      if (!entries.some(({ name, files }) => name === "inner" && files > 0)) continue;
      const { content } = await on.engine.readFile({ id: `turn-${turn}`, path: "inner/file" });
      expect((await readAll(content)).toString()).toBe("ours");
    }
  } finally {
    isEnded = true;
    await swapping;
  }
});

it("reports progress, and stops when asked, leaving nothing", async () => {
  for (let index = 0; index < 30; index++) writeFileSync(join(on.world, `${index}`), randomBytes(1_000_000));
  const abort = new AbortController();
  const reason = new Error("enough");
  const shares: number[] = [];
  const cancelled = on.engine.createSnapshot({
    info: snapshotInfo("cancelled"),
    source: { folder: on.world },
    signal: abort.signal,
    onProgress: ({ bytes, totalBytes }) => {
      shares.push(bytes / totalBytes);
      if (bytes > 5_000_000) abort.abort(reason);
    },
  });
  await expect(cancelled).rejects.toBe(reason);
  expect(await on.engine.reindex()).toEqual([]);
  expect(readdirSync(join(on.root, ".staging"))).toEqual([]);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  await on.take("whole");
  const stop = new AbortController();
  const target = join(on.base, "restored");
  const restoring = on.engine.restoreSnapshot({
    id: "whole",
    target,
    signal: stop.signal,
    onProgress: () => stop.abort(reason),
  });
  await expect(restoring).rejects.toBe(reason);
  expect(readdirSync(on.base).sort()).toEqual(["snapshots", "world"]);
});
