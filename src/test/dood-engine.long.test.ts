import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Server } from "@/domains/servers/contract";
import { type Contained, floodLines, upTo, watchContained } from "./docker/contained";
import { type DockerProgram, startDockerProgram } from "./docker/docker-program";
import { describeWithEngine } from "./docker/engine";
import { type OwnDockerd, startOwnDockerd } from "./docker/own-dockerd";
import { addServer } from "./program-servers";

const slowly = { timeout: 240_000 };
const isRoot = process.getuid?.() === 0;

await describeWithEngine("an engine that goes away", () => {
  describe.skipIf(!isRoot).each([true, false])("with live-restore %s", (isLiveRestore) => {
    let engine: OwnDockerd;
    let program: DockerProgram;
    let contained: Contained;
    let wanted: Server;
    let stopped: Server;
    let hosted: Server;

    beforeAll(async () => {
      engine = await startOwnDockerd({ isLiveRestore });
      program = await startDockerProgram({ docker: engine.docker, host: engine.host });
      const admin = await program.admin();
      contained = watchContained(program, admin);
      wanted = await program.addContained(admin, { name: "Wanted" });
      stopped = await program.addContained(admin, { name: "Stopped" });
      hosted = await addServer(program, admin, { name: "Hosted" });
      await admin.servers.start.mutate({ serverId: wanted.id, wait: true });
    }, 180_000);
    afterAll(async () => {
      await program?.end();
      await engine?.close();
    }, 60_000);

    const run = () => program.containerOf(wanted.id).then(async (container) => (await container.inspect()).State);
    const untilUnreachable = async () => {
      const { loss } = await contained.untilSo(wanted.id, { state: "unknown" }, "the engine is away");
      expect(loss).toMatchObject({ reason: "engine_unreachable" });
    };
    /** Running again without help: the same run where the engine lets it live, else another. */
    async function comesBack(before: string): Promise<void> {
      await contained.untilSo(wanted.id, { state: "running", desiredState: "running" }, "it runs again", 60_000);
      await contained.isWhole(wanted.id);
      expect((await run()).StartedAt === before).toBe(isLiveRestore);
      if (!isLiveRestore) expect((await contained.get(wanted.id)).lastEnd).toMatchObject({ cause: "engine_ended" });
      await contained.untilSo(stopped.id, { state: "stopped", desiredState: "stopped" }, "the other stays stopped");
    }

    it("killed", slowly, async () => {
      const { StartedAt } = await run();
      await engine.end("SIGKILL");
      await untilUnreachable();
      await engine.start();
      await comesBack(StartedAt);
    });

    it("stopped in good order, with lines printed meanwhile", slowly, async () => {
      const { StartedAt } = await run();
      if (isLiveRestore) await contained.flood(wanted.id);
      await engine.end("SIGTERM");
      await untilUnreachable();
      await engine.start();
      await comesBack(StartedAt);
      if (!isLiveRestore) return;
      await contained.flooded(await program.containerOf(wanted.id));
      await delay(2000);
      expect(await contained.floodNumbers(wanted.id)).toEqual(upTo(floodLines));
    });

    it("restarted so fast that nobody sees it away", slowly, async () => {
      const { StartedAt } = await run();
      await engine.end("SIGTERM");
      await engine.start();
      if (!isLiveRestore) await contained.untilSo(wanted.id, { state: "stopped" }, "its end is seen");
      await comesBack(StartedAt);
    });

    it("away while mcsd begins", slowly, async () => {
      const { StartedAt } = await run();
      await program.kill9();
      await engine.end("SIGKILL");
      await program.start();
      await untilUnreachable();
      await engine.start();
      await comesBack(StartedAt);
    });

    it("hung: everything else stays quick", slowly, async () => {
      const { StartedAt } = await run();
      engine.signal("SIGSTOP");
      const times: number[] = [];
      const timed = async (work: () => Promise<unknown>) => {
        const at = performance.now();
        await work();
        times.push(Math.round(performance.now() - at));
      };
      const { admin } = contained;
      const end = performance.now() + 60_000;
      await timed(() => admin.servers.start.mutate({ serverId: hosted.id }));
      while (performance.now() < end) {
        await timed(() => fetch(`${program.url}/api/v1/health`));
        await timed(() => admin.servers.list.query());
        await delay(500);
      }
      await untilUnreachable();
      await contained.untilSo(hosted.id, { state: "running" }, "the host's server runs");
      await admin.servers.stop.mutate({ serverId: hosted.id, wait: true });
      engine.signal("SIGCONT");
      await contained.untilSo(wanted.id, { state: "running", desiredState: "running" }, "it is seen again");
      await contained.isWhole(wanted.id);
      expect((await run()).StartedAt).toBe(StartedAt);
      console.log(`slowest of ${times.length} calls while the engine hangs: ${Math.max(...times)} ms`);
      expect(Math.max(...times)).toBeLessThan(2000);
    });
  });
});
