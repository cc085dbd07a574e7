import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client } from "@/trpc/node-client";
import { type Contained, floodLines, slowly, upTo, watchContained } from "./docker/contained";
import { type DockerProgram, startDockerProgram } from "./docker/docker-program";
import { describeWithEngine } from "./docker/engine";
import { untilState } from "./program-servers";

/** About 5 MB. */
const burstLines = 80_000;

await describeWithEngine("what a server in a container tells", (docker) => {
  let program: DockerProgram;
  let contained: Contained;

  beforeAll(async () => {
    program = await startDockerProgram({ docker });
    contained = watchContained(program, await program.admin());
  }, 120_000);
  afterAll(() => program?.end(), 60_000);

  const owner = () => program.admin();
  async function addRunning(name: string): Promise<{ id: string; client: Client }> {
    const client = await owner();
    const { id } = await program.addContained(client, { name });
    await client.servers.start.mutate({ serverId: id, wait: true });
    return { id, client };
  }

  it.concurrent("its ends are explained", slowly, async () => {
    const { id, client } = await addRunning("Mortal");
    await client.console.command.mutate({ serverId: id, command: "exit 3" }).catch(() => undefined);
    const exited = await contained.untilSo(id, { state: "stopped" }, "its own exit");
    expect(exited.lastEnd).toMatchObject({ isCrash: true, exit: { code: 3 } });
    await contained.again(id);
    const container = await program.containerOf(id);
    const limit = 110 * 1024 * 1024;
    await container.update({ Memory: limit, MemorySwap: limit });
    await client.console.command.mutate({ serverId: id, command: "oom" }).catch(() => undefined);
    const ended = await contained.untilSo(id, { state: "stopped" }, "the end by the limit");
    expect(ended.lastEnd).toMatchObject({ cause: "out_of_memory_host", exit: { outOfMemory: true }, isCrash: true });
  });

  it("its log has each line once, over a burst and over an end of mcsd", slowly, async () => {
    const { id, client } = await addRunning("Talker");
    await client.console.command.mutate({ serverId: id, command: `flood ${burstLines} 0` });
    await contained.flooded(await program.containerOf(id), burstLines);
    await contained.flood(id);
    await program.kill9();
    await contained.flooded(await program.containerOf(id));
    await program.start();
    await untilState(await owner(), id, "running", 20_000);
    await contained.untilLogged(id, floodLines);
    const log = await readFile(`${program.dataDir}/run/${id}/console.log`, "utf8");
    const numbers = [...log.matchAll(/Flood line (\d+) of (\d+)/g)].map(([, at, of]) => `${at} of ${of}`);
    expect(numbers).toEqual([
      ...upTo(burstLines).map((at) => `${at} of ${burstLines}`),
      ...upTo(floodLines).map((at) => `${at} of ${floodLines}`),
    ]);
  });

  it("twelve begin at once", slowly, async () => {
    const client = await owner();
    const names = Array.from({ length: 12 }, (_, index) => `Twelve ${index}`);
    const made = await Promise.all(names.map((name) => program.addContained(client, { name })));
    await Promise.all(made.map(({ id }) => client.servers.start.mutate({ serverId: id, wait: true })));
    for (const { id } of made) await contained.isWhole(id);
    await Promise.all(made.map(({ id }) => client.servers.stop.mutate({ serverId: id, wait: true })));
    expect((await Promise.all(made.map(({ id }) => contained.liveOf(id)))).flat()).toEqual([]);
  });
});
