import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client } from "@/trpc/node-client";
import { addChangeable, type Changeable, newVersion, offerNewVersion, steadyPart } from "./change-cases";
import { type Program, startProgram } from "./program";
import { findRemainders } from "./program-remainders";
import { type ServerOptions, untilState } from "./program-servers";
import { describeServer } from "./snapshots/program-snapshots";

interface Outcome {
  isRunning?: boolean;
  /** Of the new version alone. */
  newBehaviour?: NonNullable<ServerOptions["behaviour"]>;
  /** Why it is put back; left out: it stays. */
  reason?: string;
}

/** What a server was before, and what its new version does. */
export const outcomes = {
  "stopped, stays": {},
  "running, stays": { isRunning: true },
  "stopped, crashes at its start": { newBehaviour: { "crash.at.start": "crash" }, reason: "ended" },
  "running, crashes at its start": { isRunning: true, newBehaviour: { "crash.at.start": "crash" }, reason: "ended" },
  "stopped, ruins the world": { newBehaviour: { "crash.at.start": "ruin" }, reason: "ended" },
  "running, ruins the world": { isRunning: true, newBehaviour: { "crash.at.start": "ruin" }, reason: "ended" },
  "stopped, never ready": { newBehaviour: { "startup.never": true }, reason: "not_ready" },
  "stopped, never answers": { newBehaviour: { "status.never": true }, reason: "no_answer" },
} satisfies Record<string, Outcome>;
export type OutcomeName = keyof typeof outcomes;

export interface OutcomeScene {
  program(): Program;
  admin(): Client;
  idOf(name: OutcomeName): string;
}

/** Changes one server for each outcome, all at the same time, and looks at what has become of each. */
export function tryOutcomes(names: readonly OutcomeName[]): OutcomeScene {
  let program: Program;
  let admin: Client;
  const given = new Map<OutcomeName, Changeable>();
  const ended = new Map<OutcomeName, unknown>();

  beforeAll(async () => {
    program = await startProgram({ env: { UPGRADE_HEALTHY_SECONDS: "1", UPGRADE_BOOT_TIMEOUT_SECONDS: "12" } });
    admin = await program.admin();
    await offerNewVersion(program, admin);
    await Promise.all(
      names.map(async (name) => {
        const own = await program.admin();
        const { isRunning, newBehaviour }: Outcome = outcomes[name];
        const changeable = await addChangeable(program, own, { name, isRunning, newBehaviour });
        given.set(name, changeable);
        const input = { serverId: changeable.id, type: "vanilla", version: newVersion, wait: true } as const;
        const end = await own.servers.changeVersion.mutate(input).catch((error) => error.data?.error ?? error);
        ended.set(name, end);
      }),
    );
  }, 180_000);
  afterAll(() => program?.end());

  const idOf = (name: OutcomeName) => given.get(name)?.id ?? "";
  const treeOf = (name: OutcomeName) => describeServer({ program, serverId: idOf(name) });
  const expectOldTree = (name: OutcomeName, isRunning: boolean | undefined) => {
    const tree = given.get(name)?.tree ?? [];
    if (isRunning) expect(steadyPart(treeOf(name))).toEqual(steadyPart(tree));
    else expect(treeOf(name)).toEqual(tree);
  };

  it.each(names)("%s", { timeout: 60_000 }, async (name) => {
    const { isRunning, reason }: Outcome = outcomes[name];
    const state = isRunning ? ("running" as const) : ("stopped" as const);
    if (reason) await expectPutBack(name, { isRunning, reason, state });
    else await expectKept(name, { isRunning, state });
  });

  it("nothing is left lying about, and no job is open", async () => {
    expect(await findRemainders(program)).toEqual([]);
    expect((await admin.jobs.list.query({ active: true })).items).toEqual([]);
  });

  /** Put back with the reason and the lines that show it, never started again by the crash policy. */
  async function expectPutBack(
    name: OutcomeName,
    { isRunning, reason, state }: { isRunning?: boolean; reason: string; state: "running" | "stopped" },
  ) {
    const details = { reason, evidence: expect.arrayContaining([expect.any(String)]) };
    expect(ended.get(name)).toMatchObject({ code: "CHANGE_PUT_BACK", details });
    const desiredState = state;
    expect(await untilState(admin, idOf(name), state)).toMatchObject({
      version: program.version,
      desiredState,
      trial: null,
    });
    expectOldTree(name, isRunning);
    const { items } = await admin.servers.timeline.query({ serverId: idOf(name), limit: 50 });
    expect(items.find(({ kind }) => kind === "change-put-back")?.detail).toMatchObject(details);
    expect(items.some(({ kind }) => kind === "retry")).toBe(false);
    expect(await admin.servers.lastChange.query({ serverId: idOf(name) })).toBeNull();
  }

  /** Kept, in the state that it was in, and one call brings every byte back. */
  async function expectKept(
    name: OutcomeName,
    { isRunning, state }: { isRunning?: boolean; state: "running" | "stopped" },
  ) {
    const serverId = idOf(name);
    expect(ended.get(name)).toMatchObject({ version: newVersion });
    const kept = { version: newVersion, desiredState: state, trial: null };
    expect(await untilState(admin, serverId, state)).toMatchObject(kept);
    const last = await admin.servers.lastChange.query({ serverId });
    expect(last).toMatchObject({ phase: "done", canUndo: true, from: { version: program.version } });
    await admin.servers.undoChange.mutate({ serverId, wait: true });
    expect(await untilState(admin, serverId, state)).toMatchObject({ version: program.version });
    expectOldTree(name, isRunning);
    const again = admin.servers.undoChange.mutate({ serverId, wait: true });
    await expect(again).rejects.toMatchObject({ data: { error: { code: "NOTHING_TO_UNDO" } } });
    const { items } = await admin.snapshots.list.query({ serverId });
    expect(items.map(({ type }) => type)).toEqual(["pre_restore", "pre_update", "initial"]);
  }

  return { program: () => program, admin: () => admin, idOf };
}
