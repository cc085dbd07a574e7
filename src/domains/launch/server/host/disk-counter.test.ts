import { existsSync, statfsSync } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createDiskCounter, type DiskTransfer } from "./disk-counter";

it("adds up a group in which processes come and go", async () => {
  const io = new Map<number, DiskTransfer>([
    [1, { read: 100, written: 10 }],
    [2, { read: 50, written: 5 }],
  ]);
  const count = createDiskCounter(async (pid) => io.get(pid) ?? null);
  expect(await count([1, 2])).toEqual({ read: 150, written: 15 });
  io.set(1, { read: 130, written: 11 });
  expect(await count([1])).toEqual({ read: 180, written: 16 });
  io.set(2, { read: 7, written: 0 });
  expect(await count([1, 2])).toEqual({ read: 187, written: 16 });
  expect(await count([3])).toBeNull();
});

/** Files in memory (tmpfs) never reach a disk. */
const isInMemory = () => statfsSync(tmpdir()).type === 0x01021994;

it.skipIf(!existsSync("/proc/self/io") || isInMemory())("counts what a real process writes to a disk", async () => {
  const folder = await mkdtemp(join(tmpdir(), "mcsd-io-"));
  const count = createDiskCounter();
  try {
    const before = await count([process.pid]);
    const file = await open(join(folder, "written"), "w");
    await file.write(Buffer.alloc(3_000_000, 1));
    await file.sync();
    await file.close();
    const after = await count([process.pid]);
    expect((after?.written ?? 0) - (before?.written ?? 0)).toBeGreaterThan(2_900_000);
  } finally {
    await rm(folder, { recursive: true });
  }
});
