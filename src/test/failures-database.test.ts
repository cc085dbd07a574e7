import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findPostmaster } from "@/server/db/embedded/postmaster-file";
import { dataPaths } from "@/server/fs/data-paths";
import type { Client } from "@/trpc/node-client";
import { faultOf } from "./api-answer-faults";
import { killIfThere, type Program, startProgram } from "./program";
import { type Answer, type Credentials, callProcedure } from "./program-calls";
import { postmasterOf } from "./program-database";
import { addPerson, type Person } from "./program-people";
import { findRemainders } from "./program-remainders";
import { addServer, findJvms } from "./program-servers";
import { until } from "./program-until";

const slowly = { timeout: 120_000 };
let program: Program;
let admin: Client;
let person: Person;

beforeAll(async () => {
  program = await startProgram({ embedded: true });
  admin = await program.admin();
  person = await addPerson(program.db, { role: "admin" });
});
afterAll(() => program?.end());

const health = () => fetch(`${program.url}/api/v1/health`);

/** Ends the postmaster; the result resolves when another one has taken its place and answers. */
function killDatabase(): { isBack(): Promise<unknown> } {
  const { pid } = postmasterOf(program.dataDir);
  killIfThere(pid);
  const isAnother = () => {
    const found = findPostmaster(dataPaths(program.dataDir).postgres);
    return found !== null && found.pid !== pid;
  };
  return { isBack: () => until(async () => isAnother() && (await health()).status === 200, "it is back", 60_000) };
}

/** Asks, and takes "not at the moment" for no answer yet: connections from before the outage may still turn out to be dead. */
async function patiently<T>(ask: () => Promise<T>): Promise<T | null> {
  return ask().catch((error) => {
    if (error.data?.error?.code === "DATABASE_UNAVAILABLE") return null;
    throw error;
  });
}

/** Calls over and over until stopped; every answer in order. */
function keepCalling(credentials: Credentials, path: string, type: "query" | "mutation", input?: unknown) {
  const answers: Answer[] = [];
  let isOver = false;
  const run = async () => {
    while (!isOver) {
      answers.push(await callProcedure(program.url, { path, type, input, credentials }));
      await delay(5);
    }
  };
  const done = run();
  const stop = () => {
    isOver = true;
    return done;
  };
  return { answers, stop };
}

it("answers 503 while the database is gone, lets nobody in, and comes back by itself", slowly, async () => {
  const { id } = await addServer(program, admin);
  await admin.servers.start.mutate({ serverId: id, wait: true });
  const jvms = await findJvms(program, id);
  const strangers = keepCalling({ token: "mcsd_made-up" }, "servers.list", "query");
  const nobody = keepCalling({}, "auth.me", "query");
  const reads = keepCalling({ token: person.token }, "servers.list", "query");
  const single = keepCalling({ token: person.token }, "servers.get", "query", { serverId: id });
  const writes = keepCalling({ token: person.token }, "servers.update", "mutation", { serverId: id, description: "x" });
  const all = [strangers, nobody, reads, single, writes];
  try {
    for (let count = 0; count < 3; count++) {
      await delay(300);
      const { length } = reads.answers;
      const outage = killDatabase();
      // An outage may be over before anybody looks at the answers that it gave.
      await until(async () => reads.answers.slice(length).some(({ status }) => status === 503), "it is noticed");
      await outage.isBack();
    }
  } finally {
    await Promise.all(all.map(({ stop }) => stop()));
  }

  const unavailable = ({ error }: Answer) => error?.code === "DATABASE_UNAVAILABLE";
  const faults = all.flatMap(({ answers }) => answers.filter((answer) => !unavailable(answer)).map(faultOf));
  expect(faults.filter(Boolean)).toEqual([]);
  for (const { answers } of all.filter((calls) => calls !== nobody)) {
    const away = answers.filter(unavailable);
    expect(away.length).toBeGreaterThan(0);
    expect(away.every(({ status, error }) => status === 503 && error?.details.category === "SERVICE_UNAVAILABLE")).toBe(
      true,
    );
    expect(away.every(({ error, headers }) => error?.requestId === headers.get("x-request-id"))).toBe(true);
  }
  const codes = (answers: Answer[]) => [...new Set(answers.map(({ error }) => error?.code ?? "ok"))].sort();
  expect(codes(strangers.answers)).toEqual(["DATABASE_UNAVAILABLE", "SIGN_IN_REQUIRED"]);
  expect(codes(reads.answers)).toEqual(["DATABASE_UNAVAILABLE", "ok"]);
  expect(codes(single.answers)).toEqual(["DATABASE_UNAVAILABLE", "ok"]);
  expect(codes(writes.answers)).toEqual(["DATABASE_UNAVAILABLE", "STATE_CONFLICT"]);
  console.log(
    all.map(({ answers }) => `${answers.filter(unavailable).length} of ${answers.length}`).join(", "),
    "unavailable",
  );

  expect(await findJvms(program, id)).toEqual(jvms);
  const server = await until(() => patiently(() => admin.servers.get.query({ serverId: id })), "it is told again");
  expect(server.state).toBe("running");
  expect(program.logs()).not.toMatch(/uncaught|unhandled/i);
});

it("writes down later what happened to servers meanwhile", slowly, async () => {
  const { id } = await until(() => patiently(() => addServer(program, admin)), "there is a server");
  await admin.servers.update.mutate({ serverId: id, crashPolicy: { restart: false, maxTries: 1, windowMinutes: 1 } });
  await admin.servers.start.mutate({ serverId: id, wait: true });
  const outage = killDatabase();
  for (const pid of await findJvms(program, id)) killIfThere(pid);
  await outage.isBack();
  const ends = await until(
    async () => {
      const page = await patiently(() => admin.servers.timeline.query({ serverId: id, limit: 100 }));
      return page?.items.some(({ to }) => to === "stopped") ? page.items : null;
    },
    "the end is in the timeline",
    60_000,
  );
  const states = ends.filter(({ kind }) => kind === "state").map(({ to }) => to);
  expect(states).toEqual(["stopped", "running", "starting"]);
  expect(ends.find(({ to }) => to === "stopped")?.detail).toMatchObject({ cause: "killed" });
});

it("an operation that the outage breaks is whole or not at all", slowly, async () => {
  for (let count = 0; count < 4; count++) {
    const add = () => addServer(program, admin, { name: `Doomed ${count}` });
    const doomed = await until(() => patiently(add), "there is a server");
    const create = addServer(program, admin, { name: `Born ${count}` });
    const remove = admin.servers.delete.mutate({ serverId: doomed.id, confirm: doomed.name, wait: true });
    await delay(count * 12);
    const outage = killDatabase();
    const [created, removed] = await Promise.allSettled([create, remove]);
    await outage.isBack();
    const listed = await until(() => patiently(() => admin.servers.list.query()), "the list answers");
    const names = listed.map(({ name }) => name);
    if (created.status === "fulfilled") expect(names).toContain(`Born ${count}`);
    if (removed.status === "fulfilled") expect(names).not.toContain(doomed.name);
    const agree = async () => (await findRemainders(program).catch(() => ["no answer"])).length === 0;
    await until(agree, "folders, rows and ports agree", 60_000).catch(() => {});
    expect(await findRemainders(program)).toEqual([]);
    const open = () => patiently(() => admin.jobs.list.query({ active: true }));
    await until(async () => (await open())?.items.length === 0, "every job has ended", 60_000);
  }
});

it("ends cleanly when it is told to while the database is gone", slowly, async () => {
  killDatabase();
  expect(await program.stop()).toBe(0);
  await program.start();
  expect((await health()).status).toBe(200);
});
