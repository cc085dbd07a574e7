import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { afterEach, expect, it } from "vitest";
import type { Snapshot } from "@/domains/snapshots/contract";
import { savingOff } from "@/domains/snapshots/server/table";
import type { Client } from "@/trpc/node-client";
import type { Program } from "./program";
import { findRemainders } from "./program-remainders";
import { folderOf } from "./program-servers";
import { until } from "./program-until";
import { describeServer, startPlayed, take } from "./snapshots/program-snapshots";
import { readEpochs } from "./stand-in/read-epochs";

const run = promisify(execFile);
let program: Program;
let admin: Client;
let serverId: string;
let mounted: string | null = null;

afterEach(async () => {
  // Out of sight before the folder is removed, however the program still uses it.
  if (mounted) await run("umount", ["--lazy", mounted]);
  mounted = null;
  await program?.end();
});

/** By the log: commands are limited to twenty a minute. */
async function isSavingOn(): Promise<boolean> {
  const { lines } = await admin.console.logs.query({ serverId, lines: 100 });
  const last = lines.findLast(({ text }) => /Automatic saving is now/.test(text));
  return last?.text.includes("now enabled") ?? true;
}

async function epochsOf(snapshotId: string): Promise<bigint[]> {
  await admin.snapshots.restoreFiles.mutate({ snapshotId, paths: ["world"], to: "copy", wait: true });
  const epochs = await readEpochs(folderOf(program, serverId, "copy", "world"));
  await rm(folderOf(program, serverId, "copy"), { recursive: true });
  return epochs;
}

it("200 snapshots of a game that writes all the time: none is torn, and saving is on after each", async () => {
  ({ program, admin, serverId } = await startPlayed({ isRunning: true }));
  const faults: string[] = [];
  const offMs: number[] = [];
  for (let round = 0; round < 200; round++) {
    const snapshot = await take(admin, serverId);
    offMs.push(snapshot.metadata.savingOffMs ?? -1);
    if (!(await isSavingOn())) faults.push(`${round}: saving was off`);
    const epochs = await epochsOf(snapshot.id);
    if (epochs.length !== 1) faults.push(`${round}: torn: ${epochs.join()}`);
  }
  offMs.sort((a, b) => a - b);
  console.log(
    `200 live snapshots, ${faults.length} faults; saving off: median ${offMs[100]} ms, longest ${offMs.at(-1)} ms`,
  );
  expect(faults).toEqual([]);
});

it("30 times kill -9 in the middle of a live snapshot: saving is on within a minute, and what is complete is whole", async () => {
  ({ program, admin, serverId } = await startPlayed({ isRunning: true }));
  const faults: string[] = [];
  const onAfterMs: number[] = [];
  for (let round = 0; round < 30; round++) {
    await writeFile(folderOf(program, serverId, "noise.bin"), Buffer.alloc(3_000_000, `${round} ${Math.random()}`));
    const taking = take(admin, serverId).catch(() => null);
    await delay(Math.random() * 250);
    await program.kill9();
    await taking;
    await program.start();
    const startedAt = performance.now();
    await until(isMarkGone, "no promise is open", 60_000).catch((error) => faults.push(`${round}: ${error.message}`));
    onAfterMs.push(Math.round(performance.now() - startedAt));
    if (!(await isSavingOn())) faults.push(`${round}: saving was off`);
    const { items } = await admin.snapshots.list.query({ serverId, limit: 1 });
    const [last] = items;
    if (last?.status === "running") faults.push(`${round}: still running`);
    if (last?.status === "complete" && (await epochsOf(last.id)).length !== 1) faults.push(`${round}: torn`);
  }
  console.log(`30 ends, ${faults.length} faults; saving on after at most ${Math.max(...onAfterMs)} ms`);
  expect(faults).toEqual([]);
  const good = (await admin.snapshots.list.query({ serverId, limit: 100 })).items.filter(
    ({ status }) => status === "complete",
  );
  for (const { id } of good) expect(await isGood(id)).toBe(true);
});

async function isGood(snapshotId: string): Promise<boolean> {
  const verdict = await admin.snapshots.verify.mutate({ snapshotId, wait: true });
  return "isGood" in verdict && verdict.isGood;
}

async function isMarkGone(): Promise<boolean> {
  return (await program.db.select().from(savingOff)).length === 0;
}

it("100 ends each at random moments of snapshots, restores and deletions: nothing half done, and all that is complete verifies", async () => {
  ({ program, admin, serverId } = await startPlayed({ isRunning: false }));
  const of = { program, serverId };
  const faults: string[] = [];
  const trees = new Map<string, string>();
  const keep = async (): Promise<Snapshot> => {
    const snapshot = await take(admin, serverId);
    trees.set(snapshot.id, describeServer(of).join("\n"));
    return snapshot;
  };
  await mkdir(folderOf(program, serverId, "many"));
  let last = await keep();
  for (let round = 0; round < 300; round++) {
    for (let count = 0; count < 60; count++)
      await writeFile(
        folderOf(program, serverId, "many", `${count}.txt`),
        `${round} ${count} ${Math.random()}`.repeat(200),
      );
    const before = describeServer(of).join("\n");
    const kind = ["snapshot", "restore", "delete"][round % 3];
    const working =
      kind === "snapshot"
        ? take(admin, serverId)
        : kind === "restore"
          ? admin.snapshots.restore.mutate({ snapshotId: last.id, wait: true })
          : admin.snapshots.delete.mutate({ snapshotId: last.id });
    const settled = working.catch(() => null);
    await delay(Math.random() * 200);
    await program.kill9();
    await settled;
    await program.start();
    const now = describeServer(of).join("\n");
    if (now !== before && !(kind === "restore" && now === trees.get(last.id)))
      faults.push(`${round} ${kind}: neither tree`);
    for (const text of await findRemainders(program)) faults.push(`${round} ${kind}: ${text}`);
    const { items } = await admin.snapshots.list.query({ serverId, limit: 100 });
    if (items.some(({ status }) => status === "running")) faults.push(`${round} ${kind}: still running`);
    for (const { id } of items.filter(({ status }) => status === "complete").slice(0, 4)) {
      if (!(await isGood(id))) faults.push(`${round} ${kind}: a complete snapshot is damaged`);
    }
    last = await keep();
    if (round % 10 === 9) for (const { id } of items.slice(5)) await admin.snapshots.delete.mutate({ snapshotId: id });
  }
  console.log(`300 ends, ${faults.length} faults`);
  expect(faults).toEqual([]);
});

it.skipIf(process.getuid?.() !== 0)(
  "a disk that is full: a clear error, the world as it was, and all works again when there is room",
  async () => {
    ({ program, admin, serverId } = await startPlayed({ isRunning: false }));
    const of = { program, serverId };
    await program.stop();
    const snapshots = join(program.dataDir, "snapshots");
    const kept = await mkdtemp(join(tmpdir(), "kept-"));
    await run("cp", ["-a", `${snapshots}/.`, kept]);
    await run("mount", ["-t", "tmpfs", "-o", "size=64m,mode=700", "tmpfs", snapshots]);
    mounted = snapshots;
    await run("cp", ["-a", `${kept}/.`, snapshots]);
    await rm(kept, { recursive: true });
    await program.start();
    const good = await take(admin, serverId);
    const before = describeServer(of);
    const filler = join(snapshots, "filler");
    for (const leaveMb of [0, 4, 17, 20]) {
      const { stdout } = await run("df", ["--output=avail", "-B1", snapshots]);
      const free = Number(stdout.split("\n")[1]);
      await run("fallocate", ["-l", String(Math.max(1, free - leaveMb * 1024 * 1024)), filler]);
      const noise = folderOf(program, serverId, "noise.bin");
      await run("dd", ["if=/dev/urandom", `of=${noise}`, "bs=1M", "count=24"]);
      const failure = await take(admin, serverId).then(
        () => "ok",
        (error: { data?: { error?: { code?: string } } }) => error.data?.error?.code,
      );
      expect([leaveMb, failure]).toEqual([leaveMb, "DISK_FULL"]);
      await rm(noise);
      expect(describeServer(of)).toEqual(before);
      expect(await isGood(good.id)).toBe(true);
      expect(await readdir(join(snapshots, ".staging")).catch(() => [])).toEqual([]);
      await rm(filler);
      expect(await take(admin, serverId)).toMatchObject({ status: "complete" });
    }
  },
);
