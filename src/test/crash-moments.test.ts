import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JobKind } from "@/domains/jobs/contract";
import { operations } from "@/domains/jobs/server/table";
import type { DesiredState, Server } from "@/domains/servers/contract";
import { servers } from "@/domains/servers/server/table";
import type { Client } from "@/trpc/node-client";
import { killIfThere, type Program, startProgram } from "./program";
import { addServer, findJvms, type ServerOptions, untilState } from "./program-servers";
import { until } from "./program-until";

let program: Program;
let admin: Client;
const given: Record<string, Server> = {};
const pids: Record<string, number[]> = {};

/**
 * Servers in every state that a dashboard's end can find them in; it ends once, things happen while it is away, and then each
 * test looks at one of them.
 */
const cases: Record<string, ServerOptions & { isStarted?: boolean }> = {
  running: {},
  "is stopping, slowly": { behaviour: { "save.ms": 3000 } },
  "is restarting, slowly": { behaviour: { "save.ms": 3000 } },
  "was to stop, but never heard of it": {},
  "was to restart, but never heard of it": {},
  "is starting, slowly": { behaviour: { "startup.ms": 4000 } },
  "is killed while nobody looks": {},
  "crashes while nobody looks": {},
  "is stopped in the game while nobody looks": {},
  "is killed, and starts by itself": { autoStart: true },
  "waits to be started again": {},
};

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
  const names = Object.keys(cases);
  await Promise.all(
    names.map(async (name) => {
      const server = await addServer(program, admin, { ...cases[name], name });
      given[name] = await admin.servers.start.mutate({ serverId: server.id, wait: name !== "is starting, slowly" });
      pids[name] = await findJvms(program, server.id);
    }),
  );
  for (const pid of pids["waits to be started again"] ?? []) killIfThere(pid);
  await untilState(admin, idOf("waits to be started again"), "stopped");
  await admin.servers.stop.mutate({ serverId: idOf("is stopping, slowly") });
  await admin.servers.restart.mutate({ serverId: idOf("is restarting, slowly") });
  await type("is stopped in the game while nobody looks", "slow 1500\nstop\n");
  await type("crashes while nobody looks", "slow 1500\ncrash unseen\n");
  await program.kill9();
  for (const name of ["is killed while nobody looks", "is killed, and starts by itself"])
    for (const pid of pids[name] ?? []) killIfThere(pid);
  // As if the end had come between the commit and the first byte to the server.
  await leaveOpen("was to stop, but never heard of it", "servers.stop", "stopped");
  await leaveOpen("was to restart, but never heard of it", "servers.restart", "running");
  await delay(2500);
  await program.start();
}, 120_000);
afterAll(() => program?.end());

const idOf = (name: string) => given[name]?.id ?? "";
/** What the database holds when an operation was begun and nothing of it was done. */
async function leaveOpen(name: string, kind: JobKind, desiredState: DesiredState): Promise<void> {
  const serverId = idOf(name);
  await program.db.update(servers).set({ desiredState }).where(eq(servers.id, serverId));
  const open = { id: randomUUID(), kind, status: "running", serverId, subject: name, startedBy: "admin" } as const;
  await program.db.insert(operations).values({ ...open, startedAt: new Date() });
}

/** Into the console, past the dashboard, which would wait for one answer after the other. */
const type = (name: string, lines: string) => writeFile(join(program.dataDir, "run", idOf(name), "console.in"), lines);
const now = (name: string) => admin.servers.get.query({ serverId: idOf(name) });

it("a server that runs is found running, the same process", async () => {
  expect(await now("running")).toMatchObject({ state: "running", desiredState: "running" });
  expect(await findJvms(program, idOf("running"))).toEqual(pids.running);
  const { reply } = await admin.console.command.mutate({ serverId: idOf("running"), command: "seed" });
  expect(reply).toContain("Seed");
});

it("a stop that was cut off is finished", async () => {
  const server = await untilState(admin, idOf("is stopping, slowly"), "stopped");
  expect(server).toMatchObject({ desiredState: "stopped", lastEnd: { isCrash: false, cause: "stopped_by_command" } });
});

it("a stop that the server never heard of is made up for", async () => {
  const server = await untilState(admin, idOf("was to stop, but never heard of it"), "stopped");
  expect(server).toMatchObject({ desiredState: "stopped", lastEnd: { isCrash: false, cause: "stopped_by_command" } });
});

it.each(["is restarting, slowly", "was to restart, but never heard of it"])(
  "a server that %s: the restart is finished, with a new process",
  async (name) => {
    const id = idOf(name);
    await until(async () => {
      const jvms = await findJvms(program, id);
      return jvms.length === 1 && jvms[0] !== pids[name]?.[0];
    }, "there is a new process");
    expect(await untilState(admin, id, "running")).toMatchObject({ desiredState: "running" });
  },
);

it("a start goes on", async () => {
  const id = idOf("is starting, slowly");
  expect(await untilState(admin, id, "running")).toMatchObject({ desiredState: "running" });
  expect(await findJvms(program, id)).toEqual(pids["is starting, slowly"]);
});

it.each([
  ["is killed while nobody looks", "killed"],
  ["crashes while nobody looks", "crash_report"],
])("a server that %s is known to have ended so, and is started again", async (name, cause) => {
  const server = await now(name);
  expect(server).toMatchObject({ desiredState: "running", lastEnd: { isCrash: true, cause } });
  await untilState(admin, server.id, "running");
  const { items } = await admin.servers.timeline.query({ serverId: server.id, limit: 100 });
  expect(items.find(({ to }) => to === "stopped")?.detail).toMatchObject({ cause, whileAway: true });
  expect(items.find(({ kind }) => kind === "retry")?.detail).toMatchObject({ attempt: 1 });
});

it("a server that was stopped in the game stays stopped", async () => {
  const server = await now("is stopped in the game while nobody looks");
  expect(server).toMatchObject({ state: "stopped", desiredState: "stopped", retryAt: null });
  expect(server.lastEnd).toMatchObject({ cause: "stopped_from_outside", isCrash: false });
});

it("a server marked for it starts by itself", async () => {
  const id = idOf("is killed, and starts by itself");
  await untilState(admin, id, "running");
  expect(await findJvms(program, id)).not.toEqual(pids["is killed, and starts by itself"]);
});

it("one that waited for its next start still gets it", async () => {
  const id = idOf("waits to be started again");
  expect((await now("waits to be started again")).desiredState).toBe("running");
  await untilState(admin, id, "running");
});

it("no server has two processes, and every job has ended", async () => {
  for (const name of Object.keys(cases)) expect((await findJvms(program, idOf(name))).length).toBeLessThanOrEqual(1);
  expect((await admin.jobs.list.query({ active: true })).items).toEqual([]);
});
