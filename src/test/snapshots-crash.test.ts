import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { snapshotCounters, snapshots } from "@/domains/snapshots/server/table";
import type { Client } from "@/trpc/node-client";
import type { Program } from "./program";
import { findRemainders } from "./program-remainders";
import { folderOf, setBehaviour, untilState } from "./program-servers";
import { until } from "./program-until";
import { addPlayed, busyWorld, describeServer, startPlayed, take } from "./snapshots/program-snapshots";
import { readEpochs } from "./stand-in/read-epochs";

const slowly = { timeout: 120_000 };
let program: Program;
let admin: Client;
let serverId: string;

beforeAll(async () => {
  ({ program, admin, serverId } = await startPlayed({ isRunning: false }));
}, 120_000);
afterAll(() => program?.end());

const stateOfSaving = async (id: string) =>
  (await admin.console.command.mutate({ serverId: id, command: "save-on" })).reply;

it("kill -9 while the game saves: it saves again within a minute, and the next snapshot is good", slowly, async () => {
  const id = await addPlayed(program, admin, { isRunning: false });
  await setBehaviour(program, id, { ...busyWorld, "save.ms": 1500 });
  await admin.servers.start.mutate({ serverId: id, wait: true });
  const taking = take(admin, id).catch(() => null);
  await until(async () => {
    const { items } = await admin.console.logs
      .query({ serverId: id, lines: 50 })
      .then(({ lines }) => ({ items: lines }));
    return items.some(({ text }) => text.includes("Automatic saving is now disabled"));
  }, "saving is off");
  await program.kill9();
  await taking;
  await program.start();
  const startedAt = performance.now();
  await until(
    async () => {
      const { lines } = await admin.console.logs.query({ serverId: id, lines: 50 });
      return lines.some(({ text }) => text.includes("Automatic saving is now enabled"));
    },
    "saving is on again",
    60_000,
  );
  console.log(`saving was on again ${Math.round(performance.now() - startedAt)} ms after the start`);
  expect(await stateOfSaving(id)).toBe("Saving is already turned on");
  const { items } = await admin.snapshots.list.query({ serverId: id });
  expect(items[0]).toMatchObject({ status: "failed", metadata: { failure: { code: "JOB_INTERRUPTED" } } });
  expect(await take(admin, id)).toMatchObject({ status: "complete" });
  expect(await stateOfSaving(id)).toBe("Saving is already turned on");
  expect((await admin.jobs.list.query({ active: true })).items).toEqual([]);
  await admin.servers.stop.mutate({ serverId: id, wait: true });
});

it(
  "kill -9 in the middle of restores: all of the old or all of the new, and the same again succeeds",
  slowly,
  async () => {
    const of = { program, serverId };
    await mkdir(folderOf(program, serverId, "many"));
    for (let count = 0; count < 400; count++)
      await writeFile(folderOf(program, serverId, "many", `${count}.txt`), `old ${count}`);
    const older = await take(admin, serverId);
    const oldTree = describeServer(of);
    for (let count = 0; count < 400; count++)
      await writeFile(folderOf(program, serverId, "many", `${count}.txt`), `new ${count}`);
    const newer = await take(admin, serverId);
    const newTree = describeServer(of);
    const ends: string[] = [];
    for (let round = 0; round < 3; round++) {
      const [from, to] = round % 2 === 0 ? [newTree, oldTree] : [oldTree, newTree];
      const { id: snapshotId } = round % 2 === 0 ? older : newer;
      const restoring = admin.snapshots.restore.mutate({ snapshotId, wait: true }).catch(() => null);
      await delay(Math.random() * 400);
      await program.kill9();
      await restoring;
      await program.start();
      const now = describeServer(of);
      const tree = equal(now, from) ? "old" : equal(now, to) ? "new" : "neither";
      ends.push(tree);
      expect(tree).not.toBe("neither");
      expect(await findRemainders(program)).toEqual([]);
      const [job] = (await admin.jobs.list.query({ serverId, limit: 1 })).items;
      if (tree === "new") expect(["succeeded"]).toContain(job?.status);
      await admin.snapshots.restore.mutate({ snapshotId, wait: true });
      expect(describeServer(of)).toEqual(to);
    }
    console.log(`after each end: ${ends.join(", ")}`);
  },
);

it("a game that is stopped in the game in the middle of it is read again when it has ended", slowly, async () => {
  const id = await addPlayed(program, admin, { isRunning: false });
  await setBehaviour(program, id, { ...busyWorld, "save.ms": 1000 });
  await admin.servers.start.mutate({ serverId: id, wait: true });
  const taking = take(admin, id);
  // Vanilla saves everything once more when it ends, whether saving is on or off.
  await writeFile(join(program.dataDir, "run", id, "console.in"), "slow 700\nstop\n");
  const snapshot = await taking;
  expect(snapshot).toMatchObject({ status: "complete" });
  await admin.snapshots.restoreFiles.mutate({ snapshotId: snapshot.id, paths: ["world"], to: "copy", wait: true });
  const copied = await readEpochs(folderOf(program, id, "copy", "world"));
  expect(copied).toHaveLength(1);
  await untilState(admin, id, "stopped");
  if (snapshot.metadata.savingOffMs === 0) expect(copied).toEqual(await readEpochs(folderOf(program, id, "world")));
});

it("SIGTERM waits for a snapshot that is being taken", slowly, async () => {
  const id = await addPlayed(program, admin, { isRunning: false });
  await setBehaviour(program, id, { ...busyWorld, "save.ms": 4000 });
  await admin.servers.start.mutate({ serverId: id, wait: true });
  const { id: snapshotId } = await admin.snapshots.create.mutate({ serverId: id, resource: "server_full" });
  await delay(500);
  expect(await program.stop()).toBe(0);
  await program.start();
  expect(await admin.snapshots.get.query({ snapshotId })).toMatchObject({ status: "complete" });
  await admin.servers.kill.mutate({ serverId: id });
});

it("what the database has lost is known again from the disk", slowly, async () => {
  const before = (await admin.snapshots.list.query({ serverId, limit: 100 })).items.filter(
    ({ status }) => status === "complete",
  );
  await program.stop();
  await program.db.delete(snapshots);
  await program.db.delete(snapshotCounters);
  await program.start();
  const after = (await admin.snapshots.list.query({ serverId, limit: 100 })).items;
  expect(
    after.map(({ id, version, type, size, checksum, note }) => ({ id, version, type, size, checksum, note })),
  ).toEqual(before.map(({ id, version, type, size, checksum, note }) => ({ id, version, type, size, checksum, note })));
  expect((await take(admin, serverId)).version).toBe(Math.max(...before.map(({ version }) => version)) + 1);
});

function equal(one: readonly string[], other: readonly string[]): boolean {
  return one.join("\n") === other.join("\n");
}
