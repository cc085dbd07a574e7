import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ExitInfo } from "../contract";
import type { LaunchHandle, LaunchSpec, LaunchStrategy } from "./launch-strategy";

/**
 * What the suite needs of a kind. The server that `newServer` describes understands, on its console: `say TEXT` (prints
 * a line that holds it), `stop` (ends with code 0) and `exit N`, and prints "ready" in some line once it does.
 */
export interface LaunchHarness {
  /** A strategy as a freshly started mcsd would build it, over the same machine. */
  open(): LaunchStrategy;
  newServer(behaviour?: { ignoresStop?: boolean; ignoresTerm?: boolean }): Promise<LaunchSpec>;
  readLog(serverId: string): Promise<string>;
  /** How many living processes belong to the server, children included. */
  countProcesses(spec: LaunchSpec): Promise<number>;
  readyText: string;
  /** How a server that was deaf to \`stop\` has ended after SIGTERM. */
  terminated?: Partial<ExitInfo>;
  /** Ends everything that is left and removes the files. */
  close(): Promise<void>;
}

const never = new AbortController().signal;
const patient = { graceMs: 10_000, termMs: 10_000 };

/** The promises of LaunchStrategy, checked against one kind. Every kind runs it. */
export function describeLaunchStrategy(name: string, makeHarness: () => Promise<LaunchHarness>): void {
  describe(`launch strategy: ${name}`, () => {
    let harness: LaunchHarness;
    beforeEach(async () => {
      harness = await makeHarness();
    });
    afterEach(() => harness.close());

    const printed = (serverId: string, text: string) =>
      vi.waitFor(async () => expect(await harness.readLog(serverId)).toContain(text), {
        timeout: 15_000,
        interval: 10,
      });
    const startReady = async (spec: LaunchSpec, strategy = harness.open()): Promise<LaunchHandle> => {
      const handle = await strategy.start(spec, never);
      await printed(spec.serverId, harness.readyText);
      return handle;
    };

    it("starts, takes lines, stops when asked and says so", async () => {
      const spec = await harness.newServer();
      expect(await harness.open().preflight(spec)).toEqual([]);
      const handle = await startReady(spec);
      await handle.write("say the first line");
      await printed(spec.serverId, "the first line");
      expect((await handle.stats())?.memoryBytes).toBeGreaterThan(1024 * 1024);
      expect(await handle.stop(patient)).toMatchObject({ rung: "asked", exit: { code: 0, signal: null } });
      expect(await handle.exited).toMatchObject({ code: 0, outOfMemory: false });
      expect(await harness.countProcesses(spec)).toBe(0);
      expect(await handle.stats()).toBeNull();
      await expect(handle.write("say too late")).rejects.toMatchObject({ code: "NOT_RUNNING" });
    });

    it("tells the exit code, and starts again with the log going on", async () => {
      const spec = await harness.newServer();
      const handle = await startReady(spec);
      await handle.write("exit 7");
      expect(await handle.exited).toMatchObject({ code: 7, signal: null });
      const before = await harness.readLog(spec.serverId);
      const again = await harness.open().start(spec, never);
      await vi.waitFor(async () => {
        const log = await harness.readLog(spec.serverId);
        expect(log.startsWith(before)).toBe(true);
        expect(log.slice(before.length)).toContain(harness.readyText);
      }, 15_000);
      await again.kill();
    });

    it("refuses what would be a second command", async () => {
      const spec = await harness.newServer();
      const handle = await startReady(spec);
      await expect(handle.write("say a\nstop")).rejects.toMatchObject({ code: "COMMAND_INVALID" });
      await expect(handle.write("say a\u0000b")).rejects.toMatchObject({ code: "COMMAND_INVALID" });
      await handle.write("say still here");
      await printed(spec.serverId, "still here");
    });

    it("makes one process of 50 concurrent starts", async () => {
      const spec = await harness.newServer();
      const [one, other] = [harness.open(), harness.open()];
      const starts = Array.from({ length: 50 }, (_, index) => (index % 2 ? one : other).start(spec, never));
      const results = await Promise.allSettled(starts);
      const started = results.filter((result) => result.status === "fulfilled");
      expect(started).toHaveLength(1);
      for (const result of results) {
        if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "SERVER_BUSY" });
      }
      await printed(spec.serverId, harness.readyText);
      expect((await harness.readLog(spec.serverId)).split(harness.readyText)).toHaveLength(2);
    });

    it("goes on to SIGTERM, and then to SIGKILL", async () => {
      const deaf = await harness.newServer({ ignoresStop: true });
      const first = await startReady(deaf);
      expect(await first.stop({ graceMs: 200, termMs: 10_000 })).toMatchObject({
        rung: "sigterm",
        exit: harness.terminated ?? { code: 143, signal: "SIGTERM" },
      });
      const stuck = await harness.newServer({ ignoresStop: true, ignoresTerm: true });
      const second = await startReady(stuck);
      expect(await second.stop({ graceMs: 200, termMs: 200 })).toMatchObject({
        rung: "sigkill",
        exit: { code: null, signal: "SIGKILL", outOfMemory: false },
      });
      expect(await harness.countProcesses(stuck)).toBe(0);
    });

    it("asks in the better way where there is one", async () => {
      const spec = await harness.newServer();
      const handle = await startReady(spec);
      const askNicely = async () => handle.write("exit 0").then(() => true);
      expect(await handle.stop({ ...patient, askNicely })).toMatchObject({ rung: "asked", exit: { code: 0 } });
      const again = await harness.open().start(spec, never);
      const failing = async () => Promise.reject(new Error("no RCON"));
      expect(await again.stop({ ...patient, askNicely: failing })).toMatchObject({ rung: "asked" });
    });

    it("kills at once", async () => {
      const spec = await harness.newServer({ ignoresStop: true, ignoresTerm: true });
      const handle = await startReady(spec);
      expect(await handle.kill()).toMatchObject({ code: null, signal: "SIGKILL", outOfMemory: false });
      expect(await harness.countProcesses(spec)).toBe(0);
    });

    it("finds a running server again, with and without a ref", async () => {
      const spec = await harness.newServer();
      const handle = await startReady(spec);
      handle.release();
      for (const ref of [handle.ref, null]) {
        const { handle: found } = await harness.open().adopt(spec.serverId, ref);
        expect(found?.ref).toEqual(handle.ref);
        await found?.write(`say found by ${ref ? "ref" : "name"}`);
        await printed(spec.serverId, `found by ${ref ? "ref" : "name"}`);
        found?.release();
      }
      const last = await harness.open().adopt(spec.serverId, handle.ref);
      await last.handle?.write("exit 9");
      expect(await last.handle?.exited).toMatchObject({ code: 9 });
    });

    it("knows how a server ended while nobody looked", async () => {
      const spec = await harness.newServer();
      expect(await harness.open().adopt(spec.serverId, null)).toEqual({ handle: null, exit: null });
      const handle = await startReady(spec);
      handle.release();
      await handle.write("exit 5");
      await vi.waitFor(async () => expect(await harness.countProcesses(spec)).toBe(0), 5000);
      expect(await harness.open().adopt(spec.serverId, handle.ref)).toMatchObject({ handle: null, exit: { code: 5 } });
    });

    it("leaves nothing behind when a start is aborted", async () => {
      const spec = await harness.newServer();
      const abort = new AbortController();
      const start = harness.open().start(spec, abort.signal);
      abort.abort();
      await expect(start).rejects.toMatchObject({ code: "JOB_CANCELLED" });
      expect(await harness.countProcesses(spec)).toBe(0);
      await startReady(spec);
    });

    it("forgets a server only when it is gone", async () => {
      const spec = await harness.newServer();
      const strategy = harness.open();
      const handle = await startReady(spec, strategy);
      await expect(strategy.forget(spec.serverId)).rejects.toMatchObject({ code: "STATE_CONFLICT" });
      await handle.kill();
      await strategy.forget(spec.serverId);
      expect(await strategy.adopt(spec.serverId, null)).toEqual({ handle: null, exit: null });
    });
  });
}
