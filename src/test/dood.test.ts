import type Docker from "dockerode";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Server } from "@/domains/servers/contract";
import { addStranger, type Contained, slowly, watchContained } from "./docker/contained";
import { type DockerProgram, removeName, startDockerProgram } from "./docker/docker-program";
import { describeWithEngine } from "./docker/engine";
import { outcomeOf } from "./program-outcomes";
import { until } from "./program-until";

await describeWithEngine("containers behind our back", (docker) => {
  let program: DockerProgram;
  let contained: Contained;
  let servers: Server[];
  let stranger: Awaited<ReturnType<typeof addStranger>>;
  const at = (index: number): Server => servers[index] ?? expect.fail("There is no such server");

  beforeAll(async () => {
    program = await startDockerProgram({ docker });
    const admin = await program.admin();
    contained = watchContained(program, admin);
    const names = ["Stopped", "Killed", "Paused", "Twin"];
    servers = await Promise.all(names.map((name) => program.addContained(admin, { name })));
    stranger = await addStranger(program, at(0).id);
    await contained.letLie(at(1).id);
    servers = await Promise.all(servers.map(({ id }) => admin.servers.start.mutate({ serverId: id, wait: true })));
  }, 120_000);
  afterAll(async () => {
    await stranger?.remove();
    await program?.end();
  }, 60_000);

  it.concurrent("one that is stopped, started, started anew and removed", slowly, async () => {
    const { untilSo, isWhole, get, again } = contained;
    const { id } = at(0);
    const container = await program.containerOf(id);
    await container.stop();
    const stopped = await untilSo(id, { state: "stopped", desiredState: "stopped" }, "docker stop");
    expect(stopped.lastEnd).toMatchObject({ cause: "stopped_from_outside", isCrash: false });
    await container.start();
    await untilSo(id, { state: "running", desiredState: "running" }, "docker start");
    await isWhole(id);
    const before = await get(id);
    await container.restart();
    await until(async () => (await get(id)).stateSince > before.stateSince, "docker restart is noticed", 15_000);
    await untilSo(id, { state: "running", desiredState: "running" }, "docker restart");
    await isWhole(id);
    await container.remove({ force: true, v: true });
    const removed = await untilSo(id, { state: "stopped" }, "docker rm -f");
    expect(removed.lastEnd).toMatchObject({ isCrash: true });
    await again(id);
    await isWhole(id);
  });

  it.concurrent("one that is killed", slowly, async () => {
    const { id } = at(1);
    await (await program.containerOf(id)).kill();
    const killed = await contained.untilSo(id, { state: "stopped", desiredState: "stopped" }, "docker kill");
    expect(killed.lastEnd).toMatchObject({ cause: "killed", params: { signal: "SIGKILL" }, isCrash: true });
  });

  it.concurrent("one that is paused, renamed and given other limits", slowly, async () => {
    const { untilSo, isWhole, admin } = contained;
    const { id } = at(2);
    const container = await program.containerOf(id);
    await container.pause();
    const paused = await untilSo(id, { state: "unknown" }, "docker pause");
    expect(paused).toMatchObject({ desiredState: "running", loss: { reason: "paused" } });
    expect(await outcomeOf(admin.servers.start.mutate({ serverId: id }))).toBe("STATE_CONFLICT");
    await container.unpause();
    await untilSo(id, { state: "running", desiredState: "running", loss: null }, "docker unpause");
    await isWhole(id);
    await container.rename({ name: `renamed-${id}` });
    await container.update({ Memory: 900 * 1024 * 1024, MemorySwap: 900 * 1024 * 1024 });
    await isWhole(id);
    const stopped = await admin.servers.stop.mutate({ serverId: id, wait: true });
    expect(stopped.state).toBe("stopped");
    await admin.servers.start.mutate({ serverId: id, wait: true });
    await isWhole(id);
  });

  it.concurrent("one that there is twice, and one that is made anew with the same labels", slowly, async () => {
    const { untilSo, isWhole, again, liveOf } = contained;
    const { id } = at(3);
    const first = await program.containerOf(id);
    const info = await first.inspect();
    const copy: Docker.ContainerCreateOptions = { ...info.Config, HostConfig: { NetworkMode: "none" }, Cmd: ["60"] };
    const second = await docker.createContainer({ ...copy, Entrypoint: ["sleep"] });
    await second.start();
    const twins = await untilSo(id, { state: "unknown" }, "a twin");
    expect(twins.loss).toMatchObject({ reason: "twins" });
    await second.remove({ force: true, v: true });
    await untilSo(id, { state: "running", desiredState: "running" }, "the twin is gone");
    await isWhole(id);

    await first.remove({ force: true, v: true });
    const anew = await docker.createContainer({ ...info.Config, HostConfig: info.HostConfig });
    await anew.start();
    await untilSo(id, { state: "stopped" }, "the first one's end");
    await again(id);
    await isWhole(id);
    expect((await liveOf(id)).map(({ Id }) => Id)).toEqual([anew.id]);
  });

  it("one whose image is gone and cannot be downloaded", slowly, async () => {
    const { id } = at(1);
    await removeName(docker, `${program.image}:java17`);
    const refused = await contained.admin.servers.start.mutate({ serverId: id }).then(
      () => expect.fail("It started"),
      (error: Error) => error.message,
    );
    expect(refused).toContain(`${program.image}:java17 could not be downloaded`);
    expect(refused).not.toContain("HTTP code");
    expect(await contained.get(id)).toMatchObject({ state: "stopped", desiredState: "stopped" });
    expect(await contained.liveOf(id)).toEqual([]);
    await stranger.isUntouched();
  });
});
