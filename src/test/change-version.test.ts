import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Server } from "@/domains/servers/contract";
import type { Client } from "@/trpc/node-client";
import { addChangeable, type Changeable, newVersion, offerNewVersion, steadyPart } from "./change-cases";
import { type Program, startProgram } from "./program";
import { findRemainders } from "./program-remainders";
import { untilState } from "./program-servers";
import { describeServer } from "./snapshots/program-snapshots";

let program: Program;
let admin: Client;
const given: Record<string, Changeable> = {};
const ended: Record<string, Server | { code: string; details: Record<string, unknown> }> = {};

/** What the new version does, and whether the server ran before. */
const cases = {
  "stopped, good": {},
  "running, good": { isRunning: true },
  "stopped, crashes at its start": { newBehaviour: { "crash.at.start": "crash a plugin is at fault" } },
  "running, crashes at its start": { isRunning: true, newBehaviour: { "crash.at.start": "crash" } },
  "stopped, ruins the world": { newBehaviour: { "crash.at.start": "ruin" } },
  "running, ruins the world": { isRunning: true, newBehaviour: { "crash.at.start": "ruin" } },
  "stopped, never ready": { newBehaviour: { "startup.never": true } },
  "stopped, never answers": { newBehaviour: { "status.never": true } },
};

beforeAll(async () => {
  program = await startProgram({ env: { UPGRADE_HEALTHY_SECONDS: "1", UPGRADE_BOOT_TIMEOUT_SECONDS: "12" } });
  admin = await program.admin();
  await offerNewVersion(program, admin);
  await Promise.all(
    Object.entries(cases).map(async ([name, options]) => {
      const own = await program.admin();
      const changeable = await addChangeable(program, own, { ...options, name });
      given[name] = changeable;
      ended[name] = await change(own, changeable.id);
    }),
  );
}, 120_000);
afterAll(() => program?.end());

async function change(client: Client, serverId: string) {
  const input = { serverId, type: "vanilla", version: newVersion, wait: true } as const;
  return client.servers.changeVersion.mutate(input).then(
    (server) => server as Server,
    (error) => error.data?.error ?? error,
  );
}

const idOf = (name: string) => given[name]?.id ?? "";
const now = (name: string) => admin.servers.get.query({ serverId: idOf(name) });
const treeOf = (name: string) => describeServer({ program, serverId: idOf(name) });

describe("a version that proves itself", () => {
  it("stays; a server that was stopped is stopped again, and an undo brings every byte back", async () => {
    const name = "stopped, good";
    expect(ended[name]).toMatchObject({ version: newVersion });
    expect(await untilState(admin, idOf(name), "stopped")).toMatchObject({
      version: newVersion,
      desiredState: "stopped",
      trial: null,
    });
    const last = await admin.servers.lastChange.query({ serverId: idOf(name) });
    expect(last).toMatchObject({ phase: "done", canUndo: true, from: { version: program.version } });
    expect(treeOf(name)).not.toEqual(given[name]?.tree);
    await admin.servers.undoChange.mutate({ serverId: idOf(name), wait: true });
    expect(treeOf(name)).toEqual(given[name]?.tree);
    expect(await now(name)).toMatchObject({ version: program.version, state: "stopped" });
    const again = admin.servers.undoChange.mutate({ serverId: idOf(name), wait: true });
    await expect(again).rejects.toMatchObject({ data: { error: { code: "NOTHING_TO_UNDO" } } });
    const { items } = await admin.snapshots.list.query({ serverId: idOf(name) });
    expect(items.map(({ type }) => type)).toEqual(["pre_restore", "pre_update", "initial"]);
    await admin.servers.start.mutate({ serverId: idOf(name), wait: true });
  });

  it("stays with a server that ran, which runs on with it, and goes back while it runs", async () => {
    const name = "running, good";
    expect(await now(name)).toMatchObject({ version: newVersion, state: "running", desiredState: "running" });
    await admin.servers.undoChange.mutate({ serverId: idOf(name), wait: true });
    expect(await untilState(admin, idOf(name), "running")).toMatchObject({ version: program.version });
    expect(steadyPart(treeOf(name))).toEqual(steadyPart(given[name]?.tree ?? []));
  });
});

describe("a version that does not", () => {
  it.each([
    ["stopped, crashes at its start", { reason: "ended", cause: "crash_report" }],
    ["stopped, ruins the world", { reason: "ended" }],
    ["stopped, never ready", { reason: "not_ready" }],
    ["stopped, never answers", { reason: "no_answer" }],
  ])("%s: is put back, byte for byte, with the lines that show why", async (name, details) => {
    expect(ended[name]).toMatchObject({ code: "CHANGE_PUT_BACK", details });
    expect(ended[name]).toMatchObject({ details: { evidence: expect.arrayContaining([expect.any(String)]) } });
    expect(await now(name)).toMatchObject({ version: program.version, state: "stopped", trial: null });
    expect(treeOf(name)).toEqual(given[name]?.tree);
    const { items } = await admin.servers.timeline.query({ serverId: idOf(name), limit: 50 });
    expect(items.find(({ kind }) => kind === "change-put-back")?.detail).toMatchObject(details);
    expect(items.some(({ kind }) => kind === "retry")).toBe(false);
    expect(await admin.servers.lastChange.query({ serverId: idOf(name) })).toBeNull();
  });

  it.each(["running, crashes at its start", "running, ruins the world"])(
    "%s: the server runs again as before",
    async (name) => {
      expect(ended[name]).toMatchObject({ code: "CHANGE_PUT_BACK", details: { reason: "ended" } });
      expect(await untilState(admin, idOf(name), "running")).toMatchObject({
        version: program.version,
        desiredState: "running",
      });
      expect(steadyPart(treeOf(name))).toEqual(steadyPart(given[name]?.tree ?? []));
    },
  );

  it("nothing is left lying about", async () => {
    expect(await findRemainders(program)).toEqual([]);
    expect((await admin.jobs.list.query({ active: true })).items).toEqual([]);
  });
});
