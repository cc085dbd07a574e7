import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import type { Client } from "@/trpc/node-client";
import { killIfThere, type Program, startProgram } from "./program";
import { clientOf } from "./program-people";
import { findRemainders } from "./program-remainders";
import { addServer, findJvms, folderOf, untilEndIsTold, untilState } from "./program-servers";
import { until } from "./program-until";

const slowly = { timeout: 120_000 };
let program: Program;
let admin: Client;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
});
afterAll(() => program?.end());

/** How each call ended: `ok`, or the category of its error. */
async function outcomes(calls: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(calls)) {
    const reason = result.status === "rejected" ? result.reason : null;
    const key = reason ? (reason.data?.error?.details?.category ?? String(reason)) : "ok";
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe.concurrent("many at once", slowly, () => {
  it("of fifty starts one is carried out", async () => {
    const { id } = await addServer(program, admin);
    const calls = Array.from({ length: 50 }, () => admin.servers.start.mutate({ serverId: id }));
    expect(await outcomes(calls)).toEqual({ ok: 1, CONFLICT: 49 });
    await untilState(admin, id, "running", 60_000);
    expect(await findJvms(program, id)).toHaveLength(1);
    const rows = await program.db.select().from(auditLog).where(eq(auditLog.targetId, id));
    expect(rows.filter(({ action }) => action === "servers.start")).toHaveLength(1);
    const { items } = await admin.servers.timeline.query({ serverId: id });
    expect(items.filter(({ kind }) => kind === "launched")).toHaveLength(1);
  });

  it("of ten restarts one is carried out", async () => {
    const { id } = await addServer(program, admin);
    await admin.servers.start.mutate({ serverId: id, wait: true });
    const [before] = await findJvms(program, id);
    const calls = Array.from({ length: 10 }, () => admin.servers.restart.mutate({ serverId: id, wait: true }));
    expect(await outcomes(calls)).toEqual({ ok: 1, CONFLICT: 9 });
    expect(await admin.servers.get.query({ serverId: id })).toMatchObject({
      state: "running",
      desiredState: "running",
    });
    const after = await findJvms(program, id);
    expect(after).toHaveLength(1);
    expect(after).not.toContain(before);
  });

  it("of start, stop, restart, kill, change and delete in one heap nothing is left half done", async () => {
    const { id, name } = await addServer(program, admin);
    const input = { serverId: id };
    const all = Array.from({ length: 8 }, () => [
      admin.servers.start.mutate(input),
      admin.servers.stop.mutate(input),
      admin.servers.restart.mutate(input),
      admin.servers.kill.mutate(input),
      admin.servers.update.mutate({ ...input, description: "in a heap" }),
    ]).flat();
    const counts = await outcomes(all);
    expect(Object.keys(counts).filter((key) => key !== "ok" && key !== "CONFLICT")).toEqual([]);
    const settled = await until(async () => {
      const server = await admin.servers.get.query(input);
      return ["running", "stopped"].includes(server.state) ? server : null;
    }, "it has settled");
    expect(await findJvms(program, id)).toHaveLength(settled.state === "running" ? 1 : 0);
    if (settled.state === "running") await admin.servers.kill.mutate(input);
    await untilState(admin, id, "stopped");
    await admin.servers.delete.mutate({ ...input, confirm: name, wait: true });
    await expect(admin.servers.get.query(input)).rejects.toMatchObject({
      data: { error: { code: "SERVER_NOT_FOUND" } },
    });
  });
});

describe.concurrent("a kill", slowly, () => {
  it("in the middle of a start ends it, and the starter hears of it", async () => {
    const { id } = await addServer(program, admin, { behaviour: { "startup.never": true } });
    const starting = admin.servers.start.mutate({ serverId: id, wait: true }).then(
      () => "running",
      (error) => error.data?.error?.code,
    );
    await untilState(admin, id, "starting");
    const killed = await admin.servers.kill.mutate({ serverId: id });
    expect(killed).toMatchObject({ state: "stopped", desiredState: "stopped", lastEnd: { isCrash: false } });
    expect(await starting).toMatch(/START_FAILED|JOB_CANCELLED/);
    expect(await findJvms(program, id)).toEqual([]);
  });

  it("at any moment of a start ends it, also when its process has just come to be", async () => {
    const { id } = await addServer(program, admin, { behaviour: { "startup.never": true } });
    for (let waitMs = 0; waitMs < 60; waitMs += 2) {
      const starting = admin.servers.start.mutate({ serverId: id }).catch(() => {});
      await untilState(admin, id, "starting");
      await delay(waitMs);
      const tooLong = delay(10_000, "too long", { ref: false });
      expect(await Promise.race([admin.servers.kill.mutate({ serverId: id }), tooLong])).toMatchObject({
        state: "stopped",
      });
      await starting;
      expect(await findJvms(program, id)).toEqual([]);
    }
  });

  it("in the middle of a stop ends that too", async () => {
    const { id } = await addServer(program, admin, { behaviour: { "ignore.stop": true, "ignore.term": true } });
    await admin.servers.start.mutate({ serverId: id, wait: true });
    const stopping = admin.servers.stop.mutate({ serverId: id, wait: true });
    await untilState(admin, id, "stopping");
    const busy = { data: { error: { code: "SERVER_BUSY", details: { state: "stopping", allowed: ["kill"] } } } };
    await expect(admin.servers.start.mutate({ serverId: id })).rejects.toMatchObject(busy);
    await admin.servers.kill.mutate({ serverId: id });
    expect(await stopping).toMatchObject({ state: "stopped", lastEnd: { params: { rung: "sigkill" } } });
    expect(await findJvms(program, id)).toEqual([]);
  });

  it("takes what the server has started with it", async () => {
    const { id } = await addServer(program, admin);
    await admin.servers.start.mutate({ serverId: id, wait: true });
    const { reply } = await admin.console.command.mutate({ serverId: id, command: "spawn" });
    const child = Number(/\d+/.exec(reply ?? "")?.[0]);
    expect(() => process.kill(child, 0)).not.toThrow();
    await admin.servers.kill.mutate({ serverId: id });
    await until(async () => {
      try {
        return !process.kill(child, 0);
      } catch {
        return true;
      }
    }, "the child is gone");
  });
});

describe.concurrent("what a state forbids", slowly, () => {
  it("a running server is neither deleted nor changed, and the refusal names what is allowed", async () => {
    const { id, name } = await addServer(program, admin);
    await admin.servers.start.mutate({ serverId: id, wait: true });
    const allowed = ["stop", "forceStop", "restart", "kill", "rcon"];
    const refused = (action: string) => ({
      data: { error: { code: "STATE_CONFLICT", details: { state: "running", action, allowed, category: "CONFLICT" } } },
    });
    const remove = admin.servers.delete.mutate({ serverId: id, confirm: name, wait: true });
    await expect(remove).rejects.toMatchObject(refused("delete"));
    const update = admin.servers.update.mutate({ serverId: id, memoryMb: 256 });
    await expect(update).rejects.toMatchObject(refused("update"));
    const properties = admin.servers.updateProperties.mutate({ serverId: id, properties: { motd: "x" } });
    await expect(properties).rejects.toMatchObject(refused("update"));
    expect(await findJvms(program, id)).toHaveLength(1);
    await admin.servers.stop.mutate({ serverId: id, wait: true });
    await admin.servers.delete.mutate({ serverId: id, confirm: name, wait: true });
    expect(await findJvms(program, id)).toEqual([]);
    expect((await findRemainders(program)).filter((line) => line.includes(id))).toEqual([]);
  });
});

describe.concurrent("after crashes", slowly, () => {
  it("a stop while it waits calls the next start off", async () => {
    const { id } = await addServer(program, admin);
    await admin.servers.start.mutate({ serverId: id, wait: true });
    for (const pid of await findJvms(program, id)) killIfThere(pid);
    const waiting = await until(async () => {
      const server = await admin.servers.get.query({ serverId: id });
      return server.retryAt ? server : null;
    }, "a retry is planned");
    expect(waiting).toMatchObject({ state: "stopped", desiredState: "running" });
    await admin.servers.stop.mutate({ serverId: id, wait: true });
    expect(await admin.servers.get.query({ serverId: id })).toMatchObject({ retryAt: null, desiredState: "stopped" });
    await delay((waiting.retryAt?.getTime() ?? 0) - Date.now() + 1500);
    expect(await findJvms(program, id)).toEqual([]);
    expect((await untilEndIsTold(admin, id)).filter(({ kind }) => kind === "launched")).toHaveLength(1);
  });

  it("a start by hand takes the place of the one that waits", async () => {
    const { id } = await addServer(program, admin);
    await admin.servers.start.mutate({ serverId: id, wait: true });
    for (const pid of await findJvms(program, id)) killIfThere(pid);
    await until(async () => (await admin.servers.get.query({ serverId: id })).retryAt !== null, "a retry is planned");
    const started = await admin.servers.start.mutate({ serverId: id, wait: true });
    expect(started).toMatchObject({ state: "running", retryAt: null });
    await delay(6000);
    expect(await findJvms(program, id)).toHaveLength(1);
  });

  it("nothing is started again where the policy says so, nor after what another start cannot cure", async () => {
    const { id } = await addServer(program, admin);
    await admin.servers.update.mutate({
      serverId: id,
      crashPolicy: { restart: false, maxTries: 3, windowMinutes: 10 },
    });
    await admin.servers.start.mutate({ serverId: id, wait: true });
    for (const pid of await findJvms(program, id)) killIfThere(pid);
    const server = await untilState(admin, id, "stopped");
    expect(server).toMatchObject({ retryAt: null, desiredState: "stopped" });
  });
});

it("nobody's server is touched by another's operations", slowly, async () => {
  const owner = await clientOf(program);
  const stranger = await clientOf(program);
  const { id } = await addServer(program, owner);
  await owner.servers.start.mutate({ serverId: id, wait: true });
  const input = { serverId: id };
  const calls = [
    stranger.servers.stop.mutate(input),
    stranger.servers.kill.mutate(input),
    stranger.servers.restart.mutate(input),
    stranger.console.command.mutate({ ...input, command: "stop" }),
    stranger.servers.delete.mutate({ ...input, confirm: "x" }),
  ];
  expect(await outcomes(calls)).toEqual({ NOT_FOUND: 5 });
  expect(await findJvms(program, id)).toHaveLength(1);
  expect(folderOf(program, id)).toContain(id);
});
