import { readFile, stat } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { DockerHarness } from "../docker/docker-harness";
import { readProcessStat } from "../host/process-stat";
import { createOwnEngineHarness, type OwnEngineHarness, whereAnEngineMayRun } from "./own-engine-harness";

const never = new AbortController().signal;

await whereAnEngineMayRun("an engine of its own", () => {
  describe("an engine of its own", () => {
    let harness: OwnEngineHarness;
    let strategies: DockerHarness;
    beforeAll(async () => {
      harness = await createOwnEngineHarness();
      strategies = await harness.strategies();
    });
    afterAll(async () => {
      await strategies.close();
      await harness.close();
    });

    const printed = (serverId: string, text: string) =>
      vi.waitFor(async () => expect(await strategies.readLog(serverId)).toContain(text), { timeout: 15_000 });

    it("is in a session of its own, and only root reaches its socket", async () => {
      const own = harness.open();
      const info = await own.engine.info();
      expect(info).toMatchObject({ isLiveRestore: true, dataRoot: harness.paths.dataRoot });
      expect(readProcessStat(own.pid ?? 0)).toMatchObject({ sid: own.pid });
      expect((await stat(harness.paths.runFolder)).mode & 0o777).toBe(0o700);
      expect(harness.paths.socket.length).toBeLessThan(60);
    });

    it("is found again by a program that starts later, once, however many ask", async () => {
      const first = harness.open();
      await first.engine.info();
      const later = harness.open();
      expect(later.pid).toBeNull();
      await Promise.all(Array.from({ length: 20 }, () => later.engine.list([])));
      expect(later.pid).toBe(first.pid);
    });

    it("may be killed: servers go on, and what they say and hear goes on when it is back", async () => {
      const own = harness.open();
      await own.engine.info();
      const before = own.pid ?? 0;
      const spec = await strategies.newServer();
      const strategy = strategies.open();
      const handle = await strategy.start(spec, never);
      await printed(spec.serverId, strategies.readyText);
      const { pid: serverPid } = await stateOf(spec.serverId);
      let fate: unknown = null;
      void Promise.race([handle.exited, handle.lost]).then((end) => {
        fate = end;
      });

      process.kill(before, "SIGKILL");
      const began = Date.now();
      await vi.waitFor(() => expect(own.engine.info()).resolves.toBeDefined(), { timeout: 15_000, interval: 100 });
      expect(Date.now() - began).toBeLessThan(15_000);
      expect(own.pid).not.toBe(before);
      expect(await stateOf(spec.serverId)).toEqual({
        pid: serverPid,
        startedAt: handle.ref.kind === "host" ? "" : handle.ref.startedAt,
      });
      await handle.write("say after the engine's death");
      await printed(spec.serverId, "after the engine's death");
      expect(fate).toBeNull();
      expect((await strategies.open().adopt(spec.serverId, handle.ref)).handle?.ref).toEqual(handle.ref);
      expect(await handle.stop({ graceMs: 10_000, termMs: 10_000 })).toMatchObject({ exit: { code: 0 } });
    }, 60_000);

    it("says in its own words why it ends, and what it lacks", async () => {
      const other = await createOwnEngineHarness();
      const own = other.open({ launcher: ["sh", "-c", "echo 'no room on the moon' >&2; exit 3"] });
      await expect(own.engine.info()).rejects.toMatchObject({
        problem: "engine_ended",
        message: "The engine of mcsd's own has ended (code 3). It said: no room on the moon",
      });
      // It is not started over and over while many ask.
      const asked = await Promise.allSettled(Array.from({ length: 20 }, () => own.engine.list([])));
      expect(asked.every(({ status }) => status === "rejected")).toBe(true);
      expect((await readFile(other.paths.log, "utf8")).split("moon")).toHaveLength(2);
      await other.close();
    });

    async function stateOf(serverId: string): Promise<{ pid: number; startedAt: string }> {
      const [id = ""] = await strategies.containersOf({ serverId } as Parameters<DockerHarness["containersOf"]>[0]);
      const { State } = await strategies.docker.getContainer(id).inspect();
      return { pid: State.Pid, startedAt: State.StartedAt };
    }
  });
});
