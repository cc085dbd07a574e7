import { randomUUID } from "node:crypto";
import { copyFile, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operations } from "@/domains/jobs/server/table";
import { runPaths } from "@/domains/launch/server/host/run-paths";
import type { ChangePhase } from "@/domains/servers/change-contract";
import { serverChanges, servers } from "@/domains/servers/server/table";
import { secondsOf } from "@/domains/snapshots/server/engine/file-time";
import type { Client } from "@/trpc/node-client";
import { addChangeable, type Changeable, newVersion, offerNewVersion, steadyPart } from "./change-cases";
import { killIfThere, type Program, startProgram } from "./program";
import { findRemainders } from "./program-remainders";
import { findJvms, folderOf, type ServerOptions, untilState } from "./program-servers";
import { until } from "./program-until";
import { describeServer } from "./snapshots/program-snapshots";

type Behaviour = NonNullable<ServerOptions["behaviour"]>;

/** Where each change is when the dashboard ends; it ends once for all of them, and then each test looks at one. */
interface Case {
  isRunning?: boolean;
  behaviour?: Behaviour;
  newBehaviour?: Behaviour;
  /** Waited for before the end. */
  phase: ChangePhase;
  step?: string;
  /** Made so afterwards: as if the end had come a moment earlier or later. */
  madeInto?: ChangePhase;
  isKilled?: boolean;
}
const cases = {
  "fetches the jar": { isRunning: true, phase: "preparing", step: "download" },
  "stops the server": { isRunning: true, behaviour: { "save.ms": 6000 }, phase: "stopping", step: "stop" },
  "has kept the server": { isRunning: true, phase: "trial", madeInto: "stopping", isKilled: true },
  "has changed the row and not the files": { phase: "trial", madeInto: "changing", isKilled: true },
  "starts the new version": { newBehaviour: { "startup.ms": 9000 }, phase: "trial", step: "boot" },
  "watches the new version": { isRunning: true, phase: "trial", step: "trial" },
  "is about to start the new version": { isRunning: true, phase: "trial", step: "trial", isKilled: true },
  "watches one that ends unseen": { isRunning: true, phase: "trial", step: "trial", isKilled: true },
  "puts the old version back": { isRunning: true, phase: "trial", madeInto: "putting_back", isKilled: true },
} satisfies Record<string, Case>;
type Name = keyof typeof cases;

let program: Program;
let admin: Client;
const given = new Map<string, Changeable>();

beforeAll(async () => {
  program = await startProgram({ env: { UPGRADE_HEALTHY_SECONDS: "600", UPGRADE_BOOT_TIMEOUT_SECONDS: "60" } });
  admin = await program.admin();
  await offerNewVersion(program, admin);
  await offerNewVersion(program, admin, "1.21.12");
  const all = Object.entries(cases) as [Name, Case][];
  await Promise.all(
    all.map(async ([name, { isRunning, behaviour, newBehaviour }]) => {
      const own = await program.admin();
      given.set(name, await addChangeable(program, own, { name, isRunning, behaviour, newBehaviour }));
    }),
  );
  const begin = (name: Name, version = newVersion) =>
    admin.servers.changeVersion.mutate({ serverId: idOf(name), type: "vanilla", version });
  const isThere = ([name, { phase, step }]: [Name, Case]) =>
    until(
      async () => {
        const change = await admin.servers.lastChange.query({ serverId: idOf(name) });
        const job = change && (await admin.jobs.get.query({ jobId: change.jobId }));
        return change?.phase === phase && (step === undefined || job?.step === step);
      },
      `${name}: ${phase}`,
      40_000,
    );
  // What lasts comes first, what passes last.
  const passing = ["starts the new version", "stops the server"] as const;
  const lasting = all.filter(([name]) => name !== "fetches the jar" && !passing.some((other) => other === name));
  await Promise.all(lasting.map(([name]) => begin(name)));
  await Promise.all(lasting.map(isThere));
  for (const name of passing) {
    await begin(name);
    await isThere([name, cases[name]]);
  }
  program.upstreams.fail("mojang", "slow", "jar");
  await begin("fetches the jar", "1.21.12");
  await isThere(["fetches the jar", cases["fetches the jar"]]);
  await program.kill9();
  program.upstreams.fail("mojang", null);
  for (const [name, { isKilled, madeInto }] of all) {
    if (isKilled) for (const pid of await findJvms(program, idOf(name))) killIfThere(pid);
    if (madeInto)
      await program.db
        .update(serverChanges)
        .set({ phase: madeInto })
        .where(eq(serverChanges.serverId, idOf(name)));
  }
  await pretendEarlier();
  await program.start({ UPGRADE_HEALTHY_SECONDS: "2" });
}, 180_000);
afterAll(() => program?.end());

const idOf = (name: Name) => given.get(name)?.id ?? "";
const now = (name: Name) => admin.servers.get.query({ serverId: idOf(name) });
const treeOf = (name: Name) => describeServer({ program, serverId: idOf(name) });

/** What the database and the disk hold at moments that are too short to be met. */
async function pretendEarlier(): Promise<void> {
  const stopped = { state: "stopped", launchRef: null } as const;
  const kept = idOf("has kept the server");
  const [change] = await program.db.select().from(serverChanges).where(eq(serverChanges.serverId, kept));
  const jar = folderOf(program, kept, "server.jar");
  await copyFile(join(program.dataDir, "cache", "jars", `${change?.before.jar?.checksum}`), jar);
  // Of the tree as it was: milliseconds as a number round what comes after the microseconds.
  const line = given.get("has kept the server")?.tree.find((known) => known.startsWith("server.jar ")) ?? "";
  const seconds = secondsOf(BigInt(line.split(" ")[3] ?? "0") * 1000n);
  await utimes(jar, seconds, seconds);
  await program.db
    .update(servers)
    .set({ ...stopped, ...change?.before })
    .where(eq(servers.id, kept));
  await program.db
    .update(servers)
    .set(stopped)
    .where(eq(servers.id, idOf("has changed the row and not the files")));
  await rm(folderOf(program, idOf("puts the old version back"), "world"), { recursive: true });
  await pretendNotStarted(idOf("is about to start the new version"));
  // A job of another kind that was cut off beside them.
  const open = { id: randomUUID(), kind: "servers.stop", status: "running", subject: "x", startedBy: "admin" } as const;
  await program.db.insert(operations).values({ ...open, serverId: null, startedAt: new Date() });
}

/** The start is written down; what is there of a process is the end of the one before, that mcsd itself has stopped. */
async function pretendNotStarted(serverId: string): Promise<void> {
  const { status, log } = runPaths(join(program.dataDir, "run"), serverId);
  const told = () => readFile(status, "utf8");
  await until(async () => /^exit \d+$/m.test(await told()), "the launcher tells the end");
  await writeFile(status, (await told()).replace(/^exit \d+$/m, "exit 0"));
  await utimes(status, new Date(Date.now() - 10_000), new Date(Date.now() - 10_000));
  const lines = await readFile(log, "utf8");
  const second = lines.lastIndexOf("Starting minecraft server version");
  await writeFile(log, lines.slice(0, lines.lastIndexOf("\n", second) + 1));
  const starting = { state: "starting", launchRef: null, stateSince: new Date() } as const;
  await program.db.update(servers).set(starting).where(eq(servers.id, serverId));
}

async function expectOld(name: Name, state: "running" | "stopped"): Promise<void> {
  await until(
    async () => {
      const server = await now(name);
      const isOver = (await admin.servers.lastChange.query({ serverId: server.id })) === null;
      return isOver && server.state === state && server.version === program.version;
    },
    `${name}: the old version is ${state}`,
    60_000,
  );
  const tree = given.get(name)?.tree ?? [];
  if (state === "stopped") expect(treeOf(name)).toEqual(tree);
  else expect(steadyPart(treeOf(name))).toEqual(steadyPart(tree));
  expect((await now(name)).trial).toBeNull();
}

it.each(["fetches the jar", "stops the server", "has kept the server"] as const)(
  "%s: nothing was changed, and the server runs",
  (name) => expectOld(name, "running"),
);

it("has changed the row and not the files: all is put back, byte for byte", async () => {
  await expectOld("has changed the row and not the files", "stopped");
});

it("starts the new version: the trial goes on, and the version stays", async () => {
  const server = await untilState(admin, idOf("starts the new version"), "stopped", 60_000);
  expect(server).toMatchObject({ version: newVersion, desiredState: "stopped", trial: null });
});

it("watches the new version: the same process runs on, and the version stays", async () => {
  const id = idOf("watches the new version");
  await until(
    async () => (await admin.servers.lastChange.query({ serverId: id }))?.phase === "done",
    "the change stands",
    60_000,
  );
  expect(await now("watches the new version")).toMatchObject({ version: newVersion, state: "running" });
  const { items } = await admin.servers.timeline.query({ serverId: id, limit: 50 });
  expect(items.filter(({ kind }) => kind === "launched")).toHaveLength(2);
});

it.each(["is about to start the new version", "watches one that ends unseen", "puts the old version back"] as const)(
  "%s: the old version and the old world run again",
  (name) => expectOld(name, "running"),
);

it("no job is open, no server has two processes, nothing lies about", async () => {
  await until(async () => (await admin.jobs.list.query({ active: true })).items.length === 0, "no job runs");
  for (const name of Object.keys(cases) as Name[])
    expect((await findJvms(program, idOf(name))).length).toBeLessThanOrEqual(1);
  expect(await findRemainders(program)).toEqual([]);
});
