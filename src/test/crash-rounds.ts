import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { operations } from "@/domains/jobs/server/table";
import type { LaunchKind } from "@/domains/launch/contract";
import type { Server } from "@/domains/servers/contract";
import type { Client } from "@/trpc/node-client";
import type { Program } from "./program";
import { findRemainders } from "./program-remainders";
import { addServer, findJvms, quickJvm } from "./program-servers";

export interface CrashReport {
  /** What went wrong, in words. */
  faults: string[];
  /** How long after each start everything had come to rest, in ms. */
  restMs: number[];
  /** How often a kind of operation was answered, and how often the end came first. */
  answered: Record<string, number>;
  cutOff: Record<string, number>;
}

export interface CrashOptions {
  /** Of all servers. */
  launchKind?: LaunchKind;
  /** The end comes so long after the calls at the latest. */
  longestMs?: number;
  /** What runs for a server, by the word of whoever runs it and not of mcsd: ids that stay while it runs on. */
  findLive?(serverId: string): Promise<(number | string)[]>;
}

interface Asked {
  kind: string;
  serverId: string | null;
  /** What must be true later if the call was answered. */
  promise: "running" | "stopped" | "gone" | "there";
  call: Promise<unknown>;
}

const restLimitMs = 60_000;
const poolSize = 4;

/**
 * Ends the dashboard with `kill -9` at a random moment while servers are created, started, stopped, restarted, killed, changed
 * and deleted, starts it again, and looks at what the kernel, the disk and the database say. One server runs on all along.
 */
export async function runCrashRounds(
  program: Program,
  rounds: number,
  { launchKind = "host", longestMs = 1500, findLive = (serverId) => findJvms(program, serverId) }: CrashOptions = {},
): Promise<CrashReport> {
  const report: CrashReport = { faults: [], restMs: [], answered: {}, cutOff: {} };
  const admin = await program.admin();
  const keeper = await addServer(program, admin, { name: "Keeper", launchKind });
  await admin.servers.start.mutate({ serverId: keeper.id, wait: true });
  for (let count = 1; count < poolSize; count++)
    await addServer(program, admin, { name: `First ${count}`, launchKind });
  const untouched = await findLive(keeper.id);
  const fault = (round: number, text: string) => report.faults.push(`round ${round}: ${text}`);

  for (let round = 1; round <= rounds; round++) {
    const before = (await admin.servers.list.query()).filter(({ id }) => id !== keeper.id);
    const idle = new Map<string, (number | string)[]>();
    const asked: Asked[] = [];
    for (const server of before) {
      const ask = Math.random() < 0.8 ? askOf(admin, server) : null;
      if (ask) asked.push(ask);
      else idle.set(server.id, await findLive(server.id));
    }
    if (before.length < poolSize || Math.random() < 0.3) asked.push(askCreate(program, admin, { round, launchKind }));
    const outcome = Promise.allSettled(asked.map(({ call }) => call));
    // Half of the moments while a request is being answered, half while a process starts or ends.
    await delay(Math.random() * (Math.random() < 0.5 ? 150 : longestMs));
    await program.kill9();
    const answers = await outcome;
    await program.start();

    const startedAt = performance.now();
    const servers = await untilRest(program, admin).catch((error: Error) => {
      fault(round, error.message);
      return admin.servers.list.query();
    });
    report.restMs.push(Math.round(performance.now() - startedAt));

    for (const [index, { kind, serverId, promise }] of asked.entries()) {
      const answer = answers[index];
      const isAnswered = answer?.status === "fulfilled";
      const counts = isAnswered ? report.answered : report.cutOff;
      counts[kind] = (counts[kind] ?? 0) + 1;
      const id = serverId ?? (isAnswered ? (answer.value as Server).id : null);
      const now = servers.find((server) => server.id === id);
      const state = now ? now.state : "gone";
      const isKept = promise === "there" ? state !== "gone" : state === promise;
      if (isAnswered && !isKept) fault(round, `${kind} was answered, but the server is ${state}`);
    }
    for (const server of servers) {
      const jvms = await findLive(server.id);
      const wanted = server.state === "running" ? 1 : 0;
      if (jvms.length !== wanted) fault(round, `${server.name} is ${server.state} with ${jvms.length} processes`);
      const same = idle.get(server.id);
      if (same && same.join() !== jvms.join()) fault(round, `${server.name} was touched: ${same} became ${jvms}`);
    }
    for (const [id] of idle) if (!servers.some((server) => server.id === id)) fault(round, `${id} is gone unasked`);
    if ((await findLive(keeper.id)).join() !== untouched.join()) fault(round, "the keeper was touched");
    for (const text of await findRemainders(program)) fault(round, text);
  }
  return report;
}

/** Something that the server's state allows. */
function askOf(admin: Client, { id: serverId, name, state }: Server): Asked | null {
  const choose = <Choice>(...choices: Choice[]) => choices[Math.floor(Math.random() * choices.length)];
  const kind = state === "running" ? choose("stop", "restart", "kill") : choose("start", "start", "delete", "update");
  const base = { kind: kind ?? "", serverId };
  switch (kind) {
    case "start":
      return { ...base, promise: "running", call: admin.servers.start.mutate({ serverId }) };
    case "stop":
      return { ...base, promise: "stopped", call: admin.servers.stop.mutate({ serverId }) };
    case "restart":
      return { ...base, promise: "running", call: admin.servers.restart.mutate({ serverId }) };
    case "kill":
      return { ...base, promise: "stopped", call: admin.servers.kill.mutate({ serverId }) };
    case "delete":
      return { ...base, promise: "gone", call: admin.servers.delete.mutate({ serverId, confirm: name, wait: true }) };
    case "update":
      return {
        ...base,
        promise: "there",
        call: admin.servers.update.mutate({ serverId, description: `${Date.now()}` }),
      };
    default:
      return null;
  }
}

/** Every other one with a jar that has to be downloaded first. */
function askCreate(
  program: Program,
  admin: Client,
  { round, launchKind }: { round: number; launchKind: LaunchKind },
): Asked {
  const call = admin.servers.create.mutate({
    name: `Round ${round}`,
    type: round % 2 === 0 ? "vanilla" : "paper",
    version: "1.20.4",
    launchKind,
    memoryMb: 128,
    jvmArgs: quickJvm,
    acceptEula: true,
    wait: true,
  });
  program.upstreams.fail("paper", Math.random() < 0.5 ? "slow" : null, "jar");
  return { kind: "create", serverId: null, promise: "there", call };
}

/** Waits until no server is on its way to another state, what is wanted is so, and no job runs. */
async function untilRest(program: Program, admin: Client): Promise<Server[]> {
  const end = performance.now() + restLimitMs;
  for (;;) {
    const servers = await admin.servers.list.query();
    const open = await program.db.select().from(operations).where(eq(operations.status, "running"));
    const restless = servers.filter(({ state, desiredState }) => state !== desiredState);
    if (restless.length === 0 && open.length === 0) return servers;
    if (performance.now() > end) {
      const what = restless.map(({ name, state, desiredState }) => `${name} is ${state}, wanted ${desiredState}`);
      throw new Error(`no rest after a minute: ${[...what, ...open.map(({ kind }) => `${kind} is open`)].join(", ")}`);
    }
    await delay(100);
  }
}
