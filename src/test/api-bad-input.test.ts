import { afterAll, beforeAll, expect, it } from "vitest";
import { mapConcurrently } from "@/lib/map-concurrently";
import type { Client } from "@/trpc/node-client";
import { faultOf } from "./api-answer-faults";
import { fullInputs, optionalFields } from "./api-full-inputs";
import { hugeText, limits, oddValues, strangerKeys } from "./api-odd-values";
import { type ListedProcedure, listProcedures } from "./procedures-list";
import type { Ids } from "./procedures-table";
import { type Program, startProgram } from "./program";
import { type Answer, type Call, callProcedure } from "./program-calls";
import { addPerson } from "./program-people";

const procedures = listProcedures();
let program: Program;
let admin: Client;
let token: string;
let ids: Ids;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
  ({ token } = await addPerson(program.db, { role: "admin" }));
  const custom = {
    name: "At stake",
    type: "custom",
    version: "1",
    memoryMb: 128,
    acceptEula: true,
    wait: true,
  } as const;
  const created = await admin.servers.create.mutate(custom);
  const [job] = (await admin.jobs.list.query({})).items;
  const { id: userId } = await addPerson(program.db);
  const serverId = "id" in created ? created.id : "";
  const snapshotId = (await admin.snapshots.list.query({ serverId })).items[0]?.id ?? "";
  await admin.snapshots.pin.mutate({ snapshotId, isPinned: true });
  const { id: groupId } = await admin.groups.create.mutate({ name: "At stake", type: "op" });
  ids = { serverId, jobId: job?.id ?? "", snapshotId, groupId, userId };
});
afterAll(() => program?.end());

/** In the long run every field gets every odd value; in the normal one they take turns. */
const every = process.env.MCSD_LONG === "1" ? 1 : 8;

interface Try {
  procedure: ListedProcedure;
  what: string;
  input: unknown;
  /** Left out: anything but a failure of ours. */
  mustRefuse?: boolean;
}

let commands = 0;

/** Commands are few per user and minute: every tenth is another administrator's. */
async function call({ path, type, input }: Call): Promise<Answer> {
  const isNewcomer = /^(?:console\.command|players\.)/.test(path) && commands++ % 10 === 0;
  if (isNewcomer) ({ token } = await addPerson(program.db, { role: "admin" }));
  // A stream that was let in may never say anything.
  return callProcedure(program.url, { path, type, input, credentials: { token }, streamMs: 1000 });
}

async function runAll(tries: Try[]): Promise<void> {
  const faults: string[] = [];
  const refused = new Map<string, number>();
  await mapConcurrently(tries, 6, async ({ procedure: { path, type }, what, input, mustRefuse }) => {
    const answer = await call({ path, type, input });
    const fault =
      faultOf(answer) ?? (mustRefuse && answer.error === null ? `let in: ${answer.text.slice(0, 200)}` : null);
    if (fault) faults.push(`${path} with ${what}: ${fault}`);
    const code = answer.error?.code ?? "let in";
    refused.set(code, (refused.get(code) ?? 0) + 1);
  });
  console.log(`${tries.length} calls: ${[...refused].map(([code, count]) => `${count} ${code}`).join(", ")}`);
  expect(faults).toEqual([]);
}

const withInput = procedures.filter(({ path }) => path in fullInputs);
const inputOf = (path: string) => fullInputs[path]?.(ids) ?? {};
const isOptional = (path: string, key: string) => optionalFields[path]?.includes(key) ?? false;

it("knows an input of every procedure that takes one", () => {
  const withoutAny = [
    "auth.me",
    "auth.listPasskeys",
    "auth.listSessions",
    "auth.revokeOtherSessions",
    "auth.listTokens",
    "auth.passkeySignInBegin",
    "servers.listJava",
    "servers.events",
    "servers.defaults",
    "servers.listTemplates",
    "versions.types",
    "system.health",
    "system.settings",
    "system.limits",
    "users.counts",
  ];
  const known = [...Object.keys(fullInputs), ...withoutAny];
  expect(known.sort()).toEqual(procedures.map(({ path }) => path).sort());
});

it("refuses what is no input at all", { timeout: 60_000 }, async () => {
  const wholes: [string, unknown][] = [
    ["null", null],
    ["a number", 42],
    ["a text", "serverId"],
    ["an array", [1]],
    ["nothing", undefined],
  ];
  const mayBeNothing = new Set([
    "players.online",
    "groups.list",
    "servers.list",
    "users.list",
    "versions.log",
    "versions.refresh",
    "system.audit",
  ]);
  await runAll(
    withInput.flatMap((procedure) =>
      wholes.map(([what, input]) => {
        const mustRefuse = !(what === "nothing" && mayBeNothing.has(procedure.path));
        return { procedure, what, input, mustRefuse };
      }),
    ),
  );
});

it("refuses missing fields, and odd values never break anything", { timeout: 300_000 }, async () => {
  const tries: Try[] = [];
  let turn = 0;
  for (const procedure of withInput) {
    const good = inputOf(procedure.path);
    for (const key of Object.keys(good)) {
      turn++;
      const { [key]: _left, ...rest } = good;
      if (!isOptional(procedure.path, key)) {
        tries.push({ procedure, what: `no ${key}`, input: rest, mustRefuse: true });
      }
      for (const [name, value] of oddValues.filter((_, index) => (index + turn) % every === 0)) {
        const isWrongType = typeof value !== typeof good[key] && good[key] !== null;
        tries.push({ procedure, what: `${key} = ${name}`, input: { ...good, [key]: value }, mustRefuse: isWrongType });
      }
    }
    tries.push({ procedure, what: "strangers", input: { ...good, ...strangerKeys } });
  }
  await runAll(tries);
  const server = await admin.servers.get.query({ serverId: ids.serverId });
  expect(server).toMatchObject({ ownerName: "admin", state: "stopped" });
});

it("survives a megabyte in every text of every change", { timeout: 60_000 }, async () => {
  const tries: Try[] = [];
  for (const procedure of withInput.filter(({ type }) => type === "mutation")) {
    const good = inputOf(procedure.path);
    for (const key of Object.keys(good).filter((name) => typeof good[name] === "string")) {
      tries.push({ procedure, what: `${key} of a megabyte`, input: { ...good, [key]: hugeText }, mustRefuse: true });
    }
  }
  await runAll(tries);
});

it("draws its lines exactly at its limits", { timeout: 60_000 }, async () => {
  const faults: string[] = [];
  let count = 0;
  for (const [path, change, isLetIn] of limits) {
    const procedure = procedures.find((found) => found.path === path);
    if (!procedure) throw new Error(`There is no ${path}`);
    const input = { ...inputOf(path), ...change };
    const answer = await call({ path, type: procedure.type, input });
    const isRefused = answer.status === 400;
    const shown = JSON.stringify(change).slice(0, 80);
    const fault =
      faultOf(answer) ??
      (isRefused === isLetIn
        ? `${answer.status} ${answer.error?.code} ${JSON.stringify(answer.error?.details)}`
        : null);
    count++;
    if (fault) faults.push(`${path} ${shown}: ${fault}`);
  }
  console.log(`${count} limits`);
  expect(faults).toEqual([]);
});
