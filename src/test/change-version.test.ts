import { setTimeout as delay } from "node:timers/promises";
import { desc, eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { servers } from "@/domains/servers/server/table";
import { restores, snapshots } from "@/domains/snapshots/server/table";
import { newVersion } from "./change-cases";
import { tryOutcomes } from "./change-outcomes";
import { untilState } from "./program-servers";
import { until } from "./program-until";

const scene = tryOutcomes(["stopped, stays", "running, ruins the world", "stopped, never answers"]);

const codesOf = async (version: string, more: { acceptDowngrade?: boolean; build?: string } = {}) => {
  const serverId = scene.idOf("stopped, never answers");
  const { findings } = await scene.admin().servers.checkChange.query({ serverId, type: "vanilla", version, ...more });
  return findings.map(({ code, severity }) => `${severity} ${code}`);
};

it("what stands in the way is told beforehand, and is not begun", async () => {
  const admin = scene.admin();
  const serverId = scene.idOf("stopped, never answers");
  expect(await codesOf(newVersion)).toEqual([]);
  expect(await codesOf("1.99")).toEqual(["block version_unknown"]);
  // The stand-in's worlds are from the new version, whatever version the server is said to be.
  expect(await codesOf("1.20.4")).toEqual(["block nothing_changes", "block world_newer"]);
  expect(await codesOf("1.8.9", { acceptDowngrade: true })).toEqual(["block java_missing", "warn world_newer"]);
  const blocked = admin.servers.changeVersion.mutate({ serverId, type: "vanilla", version: "1.99" });
  const error = { code: "CHANGE_BLOCKED", details: { findings: [{ code: "version_unknown" }] } };
  await expect(blocked).rejects.toMatchObject({ data: { error } });
  const custom = await admin.servers.checkChange.query({ serverId, type: "custom", version: "1" });
  expect(custom.findings).toMatchObject([{ code: "type_unavailable", severity: "block" }]);
});

it("a server is changed without a trial when that is asked for", async () => {
  const admin = scene.admin();
  const serverId = scene.idOf("stopped, never answers");
  const target = { serverId, type: "vanilla", version: newVersion, trial: false, wait: true } as const;
  expect(await admin.servers.changeVersion.mutate(target)).toMatchObject({ version: newVersion, state: "stopped" });
  const { items } = await admin.servers.timeline.query({ serverId, limit: 5 });
  expect(items[0]?.kind).toBe("version-changed");
});

it("what was checked is not what is changed when another change comes between", { timeout: 60_000 }, async () => {
  const [admin, other] = [scene.admin(), await scene.program().admin()];
  const { db, version } = scene.program();
  const serverId = scene.idOf("stopped, never answers");
  const target = { serverId, type: "vanilla", version, acceptDowngrade: true, trial: false, wait: true } as const;
  const isWaiting = sql`select 1 from pg_locks where relation = 'versions'::regclass and not granted`;
  // The check reads the versions, and waits for the one who holds them; taking the last change back reads none.
  const late = await db.transaction(async (tx) => {
    await tx.execute(sql`lock table versions in access exclusive mode`);
    const changing = other.servers.changeVersion.mutate(target).catch((error) => error.data?.error);
    await until(async () => (await tx.execute(isWaiting)).length > 0, "the check waits for the versions");
    await admin.servers.undoChange.mutate({ serverId, wait: true });
    return { changing };
  });
  expect(await late.changing).toMatchObject({
    code: "SERVER_BUSY",
    message: expect.stringContaining("changed meanwhile"),
  });
  expect(await admin.servers.get.query({ serverId })).toMatchObject({ version, state: "stopped" });
  expect(await admin.servers.lastChange.query({ serverId })).toBeNull();
});

it("a restore by hand brings back what the server ran, whenever mcsd ends", { timeout: 120_000 }, async () => {
  const program = scene.program();
  const admin = scene.admin();
  const { db, version } = program;
  const serverId = scene.idOf("stopped, never answers");
  const { items } = await admin.snapshots.list.query({ serverId });
  const snapshotOf = (wanted: string) => items.find(({ metadata }) => metadata.minecraftVersion === wanted)?.id ?? "";
  const now = () => admin.servers.get.query({ serverId });
  const restore = (wanted: string) => admin.snapshots.restore.mutate({ snapshotId: snapshotOf(wanted), wait: true });
  /** A jar that is not the one that was installed would be refused. */
  const expectToRun = async (wanted: string) => {
    expect((await now()).version).toBe(wanted);
    await admin.servers.start.mutate({ serverId, wait: true });
    await admin.servers.kill.mutate({ serverId });
    await untilState(admin, serverId, "stopped");
  };
  expect(await restore(newVersion)).toMatchObject({ version: newVersion, type: "vanilla", state: "stopped" });
  await expectToRun(newVersion);
  const timeline = await admin.servers.timeline.query({ serverId, limit: 50 });
  expect(timeline.items.find(({ kind }) => kind === "restored")?.detail).toMatchObject({
    runs: `vanilla ${newVersion}`,
  });
  await admin.snapshots.undoRestore.mutate({ serverId, wait: true });
  await expectToRun(version);

  // Ended when the files stood and the row did not know it yet.
  const [before] = await db.select().from(servers).where(eq(servers.id, serverId));
  await restore(newVersion);
  await program.kill9();
  const { type, build, requiredJava, jar, program: runs } = before ?? {};
  await db
    .update(servers)
    .set({ type, version, build, requiredJava, jar, program: runs })
    .where(eq(servers.id, serverId));
  const [last] = await db.select().from(restores).orderBy(desc(restores.restoredAt)).limit(1);
  await db.delete(restores).where(eq(restores.id, last?.id ?? ""));
  await program.start();
  await expectToRun(newVersion);

  for (const wait of [40, 150]) {
    const wanted = (await now()).version === version ? newVersion : version;
    const restoring = restore(wanted).catch(() => {});
    await delay(wait);
    await program.kill9();
    await restoring;
    await program.start();
    await expectToRun((await now()).version);
  }

  // One from before snapshots said what they run: of a plain type it is enough to know type and version.
  if ((await now()).version === version) await restore(newVersion);
  await db
    .update(snapshots)
    .set({ metadata: { serverType: "vanilla", minecraftVersion: version } })
    .where(eq(snapshots.id, snapshotOf(version)));
  expect(await restore(version)).toMatchObject({ version });
  await expectToRun(version);
});
