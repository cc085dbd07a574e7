import { stat } from "node:fs/promises";
import type Docker from "dockerode";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Server } from "@/domains/servers/contract";
import { addStranger, type Contained, slowly, watchContained } from "./docker/contained";
import { type DockerProgram, findLiveRuns, removeName, startDockerProgram } from "./docker/docker-program";
import { describeWithEngine } from "./docker/engine";
import { runnableJava } from "./program-java";
import { outcomeOf } from "./program-outcomes";
import { folderOf, untilState } from "./program-servers";
import { until } from "./program-until";
import { describeServer } from "./snapshots/program-snapshots";

/** A version whose game has a management service. */
const managed = "1.21.11";

await describeWithEngine("servers in containers, also behind our back", (docker) => {
  let program: DockerProgram;
  let contained: Contained;
  let servers: Server[];
  let stranger: Awaited<ReturnType<typeof addStranger>>;
  const at = (index: number): Server => servers[index] ?? expect.fail("There is no such server");

  beforeAll(async () => {
    program = await startDockerProgram({ docker });
    const admin = await program.admin();
    contained = watchContained(program, admin);
    program.upstreams.addVersion({ id: managed, javaMajor: (await runnableJava()).major });
    await admin.versions.refresh.mutate({ type: "vanilla" });
    const versions = { Stopped: managed, Killed: program.version, Paused: program.version, Twin: program.version };
    const made = Object.entries(versions).map(([name, version]) => program.addContained(admin, { name, version }));
    servers = await Promise.all(made);
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
    const control = async () => (await get(id)).control;
    await until(async () => (await control()) === "management", "its management service is reached");
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
    await until(async () => (await control()) === "management", "its management service is reached again");
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
    // It may be stopped for less than the time between two looks: the timeline has it for good.
    const hasEnded = async () =>
      (await contained.admin.servers.timeline.query({ serverId: id, limit: 30 })).items.some(
        ({ to }) => to === "stopped",
      );
    await until(hasEnded, "the first one's end");
    await again(id);
    await isWhole(id);
    expect((await liveOf(id)).map(({ Id }) => Id)).toEqual([anew.id]);
  });

  it.concurrent("one with a whole life, and through another kind and back", slowly, async () => {
    const client = await program.admin();
    const { id, name } = await program.addContained(client, { name: "Whole life" });
    const calls = Array.from({ length: 50 }, () => outcomeOf(client.servers.start.mutate({ serverId: id })));
    expect((await Promise.all(calls)).filter((outcome) => outcome === "ok")).toHaveLength(1);
    await untilState(client, id, "running", 40_000);
    await contained.isWhole(id);
    const [first] = await findLiveRuns(program, id);
    const { HostConfig } = await (await program.containerOf(id)).inspect();
    expect(HostConfig.Memory).toBe((128 + 512) * 1024 * 1024);

    const snapshot = await client.snapshots.create.mutate({ serverId: id, resource: "server_full", wait: true });
    expect(snapshot).toMatchObject({ status: "complete" });
    await client.servers.restart.mutate({ serverId: id, wait: true });
    await contained.isWhole(id);
    expect(await findLiveRuns(program, id)).not.toContain(first);
    const killed = await client.servers.kill.mutate({ serverId: id, wait: true });
    expect(killed).toMatchObject({ state: "stopped", desiredState: "stopped" });

    const world = () => describeServer({ program, serverId: id }, "world");
    const before = await world();
    const { uid } = await stat(folderOf(program, id, "world"));
    await client.servers.update.mutate({ serverId: id, launchKind: "host" });
    expect(await program.containersOf(id)).toEqual([]);
    expect(await world()).toEqual(before);
    await client.servers.start.mutate({ serverId: id, wait: true });
    await client.servers.stop.mutate({ serverId: id, wait: true });
    const played = await world();
    await client.servers.update.mutate({ serverId: id, launchKind: "dood" });
    expect(await world()).toEqual(played);
    expect((await stat(folderOf(program, id, "world"))).uid).toBe(uid);
    await client.servers.start.mutate({ serverId: id, wait: true });
    await contained.isWhole(id);
    expect((await client.servers.stop.mutate({ serverId: id, wait: true })).lastEnd).toMatchObject({
      cause: "stopped_by_command",
    });
    await client.servers.delete.mutate({ serverId: id, confirm: name, wait: true });
    expect(await program.containersOf(id)).toEqual([]);
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
