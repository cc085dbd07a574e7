import { readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "@/trpc/node-client";
import type { Program } from "./program";
import { findRemainders } from "./program-remainders";
import { findJvms, folderOf } from "./program-servers";
import { addPlayed, describeServer, startPlayed, take } from "./snapshots/program-snapshots";
import { readEpochs } from "./stand-in/read-epochs";

const slowly = { timeout: 60_000 };
let program: Program;
let admin: Client;
let stopped: string;

beforeAll(async () => {
  const played = await startPlayed({ isRunning: false });
  ({ program, admin } = played);
  stopped = played.serverId;
}, 120_000);
afterAll(() => program?.end());

const file = (serverId: string, name: string) => folderOf(program, serverId, name);

describe("a stopped server", () => {
  it("is restored byte for byte, and the restore is undone in one call", slowly, async () => {
    const of = { program, serverId: stopped };
    await writeFile(file(stopped, "notes.txt"), "first\n");
    const before = describeServer(of);
    const snapshot = await take(admin, stopped, { note: "before" });
    expect(snapshot).toMatchObject({
      status: "complete",
      type: "manual",
      note: "before",
      resource: "server_full",
      path: "",
    });
    expect(snapshot.metadata).toMatchObject({ savingOffMs: 0, minecraftVersion: "1.20.4" });
    expect(snapshot.fileCount).toBeGreaterThan(20);

    await writeFile(file(stopped, "notes.txt"), "second\n");
    await writeFile(file(stopped, "new.txt"), "new\n");
    await rm(folderOf(program, stopped, "world", "region", "r.3.1.mca"));
    const changed = describeServer(of);
    const restored = await admin.snapshots.restore.mutate({ snapshotId: snapshot.id, wait: true });
    expect(restored).toMatchObject({ id: stopped, state: "stopped" });
    expect(describeServer(of)).toEqual(before);
    expect((await readFile(folderOf(program, stopped, "logs", "latest.log"), "utf8")).length).toBeGreaterThan(100);

    await admin.snapshots.undoRestore.mutate({ serverId: stopped, wait: true });
    expect(describeServer(of)).toEqual(changed);
    await expect(admin.snapshots.undoRestore.mutate({ serverId: stopped, wait: true })).rejects.toThrow("no restore");

    const { items } = await admin.snapshots.list.query({ serverId: stopped });
    expect(items.map(({ type, version, status }) => [type, version, status])).toEqual([
      ["pre_restore", 4, "complete"],
      ["pre_restore", 3, "complete"],
      ["manual", 2, "complete"],
      ["initial", 1, "complete"],
    ]);
    const { items: timeline } = await admin.servers.timeline.query({ serverId: stopped, limit: 20 });
    expect(timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["snapshot", "restored", "restore-undone"]),
    );
    expect(await findRemainders(program)).toEqual([]);
  });

  it("starts after a restore, and then the old tree goes", slowly, async () => {
    const { items } = await admin.snapshots.list.query({ serverId: stopped, type: "manual" });
    await admin.snapshots.restore.mutate({ snapshotId: items[0]?.id ?? "", wait: true });
    await admin.servers.start.mutate({ serverId: stopped, wait: true });
    expect(await findJvms(program, stopped)).toHaveLength(1);
    expect(await findRemainders(program)).toEqual([]);

    const undoable = async () => (await admin.snapshots.usage.query({ serverId: stopped })).undoable;
    expect((await undoable())?.snapshot).toMatchObject({ id: items[0]?.id, note: "before" });
    await expect(admin.snapshots.undoRestore.mutate({ serverId: stopped, wait: true })).rejects.toThrow("running");
    const undone = await admin.snapshots.undoRestore.mutate({ serverId: stopped, restart: true, wait: true });
    expect(undone).toMatchObject({ id: stopped, state: "running" });
    expect(await undoable()).toBeNull();
    expect(await readFile(file(stopped, "notes.txt"), "utf8")).toBe("second\n");
    await admin.servers.stop.mutate({ serverId: stopped, wait: true });
  });
});

describe("a running server", () => {
  let running: string;
  beforeAll(async () => {
    running = await addPlayed(program, admin, { isRunning: true });
  }, 60_000);

  it("is copied of one moment while it writes, twenty times, and saving is on again each time", {
    timeout: 180_000,
  }, async () => {
    const torn: string[] = [];
    const offMs: number[] = [];
    for (let round = 0; round < 20; round++) {
      const snapshot = await take(admin, running);
      offMs.push(snapshot.metadata.savingOffMs ?? -1);
      const epochs = await epochsOf(snapshot.id, round);
      if (epochs.length !== 1) torn.push(`${round}: ${epochs.join()}`);
      const { reply } = await admin.console.command.mutate({ serverId: running, command: "save-on" });
      expect(reply).toBe("Saving is already turned on");
    }
    console.log(`saving was off for ${offMs.join(", ")} ms`);
    expect(torn).toEqual([]);
    expect(Math.max(...offMs)).toBeLessThan(5000);
  });

  it("is stopped, restored and started again as one job", slowly, async () => {
    const { items } = await admin.snapshots.list.query({ serverId: running, type: "manual" });
    const before = await findJvms(program, running);
    await writeFile(file(running, "later.txt"), "later\n");
    await expect(admin.snapshots.restore.mutate({ snapshotId: items[0]?.id ?? "" })).rejects.toThrow(
      "The server is running",
    );
    const server = await admin.snapshots.restore.mutate({ snapshotId: items[0]?.id ?? "", restart: true, wait: true });
    expect(server).toMatchObject({ state: "running", desiredState: "running" });
    expect(await findJvms(program, running)).not.toEqual(before);
    await expect(readFile(file(running, "later.txt"))).rejects.toThrow("ENOENT");
  });

  async function epochsOf(snapshotId: string, round: number): Promise<bigint[]> {
    const to = `copy-${round}`;
    await admin.snapshots.restoreFiles.mutate({ snapshotId, paths: ["world"], to, wait: true });
    const epochs = await readEpochs(folderOf(program, running, to, "world"));
    await rm(folderOf(program, running, to), { recursive: true });
    return epochs;
  }
});
