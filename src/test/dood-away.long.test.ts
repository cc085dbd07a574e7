import { afterAll, beforeAll, expect, it } from "vitest";
import type { Server } from "@/domains/servers/contract";
import { addStranger, type Contained, floodLines, slowly, upTo, watchContained } from "./docker/contained";
import { type DockerProgram, startDockerProgram } from "./docker/docker-program";
import { describeWithEngine } from "./docker/engine";

await describeWithEngine("containers while mcsd is away", (docker) => {
  let program: DockerProgram;
  let contained: Contained;
  let servers: Server[];
  let stranger: Awaited<ReturnType<typeof addStranger>>;
  const at = (index: number): Server => servers[index] ?? expect.fail("There is no such server");

  beforeAll(async () => {
    program = await startDockerProgram({ docker });
    const admin = await program.admin();
    contained = watchContained(program, admin);
    const names = ["Stopped", "Killed", "Removed", "Started anew"];
    servers = await Promise.all(names.map((name) => program.addContained(admin, { name })));
    stranger = await addStranger(program, at(0).id);
    await contained.letLie(at(1).id);
    await Promise.all(servers.map(({ id }) => admin.servers.start.mutate({ serverId: id, wait: true })));
  }, 120_000);
  afterAll(async () => {
    await stranger?.remove();
    await program?.end();
  }, 60_000);

  it("stopped, killed, removed, started anew: each ends in the truth at the next boot", slowly, async () => {
    const { untilSo, isWhole, again } = contained;
    const [stopped, killed, removed, restarted] = await Promise.all(servers.map(({ id }) => program.containerOf(id)));
    if (!stopped || !killed || !removed || !restarted) expect.fail("There are not four containers");
    await contained.flood(at(1).id);
    await program.kill9();
    await contained.flooded(killed);
    await Promise.all([stopped.stop(), killed.kill(), removed.remove({ force: true }), restarted.restart()]);
    await program.start();
    const end = await untilSo(at(0).id, { state: "stopped", desiredState: "stopped" }, "docker stop");
    expect(end.lastEnd).toMatchObject({ cause: "stopped_from_outside", isCrash: false });
    const crash = await untilSo(at(1).id, { state: "stopped", desiredState: "stopped" }, "docker kill");
    expect(crash.lastEnd).toMatchObject({ cause: "killed", isCrash: true });
    expect(await contained.floodNumbers(at(1).id)).toEqual(upTo(floodLines));
    await untilSo(at(3).id, { state: "running" }, "docker restart");
    await isWhole(at(3).id);
    await again(at(2).id);
    await isWhole(at(2).id);
  });

  it("started, renamed, paused, with a twin", slowly, async () => {
    const { untilSo, isWhole } = contained;
    const [started, twin, renamed, paused] = await Promise.all(servers.map(({ id }) => program.containerOf(id)));
    if (!started || !twin || !renamed || !paused) expect.fail("There are not four containers");
    await contained.admin.servers.start.mutate({ serverId: at(1).id, wait: true });
    const { Config } = await (await program.containerOf(at(1).id)).inspect();
    await program.kill9();
    const host = { NetworkMode: "none" };
    const second = await docker.createContainer({ ...Config, HostConfig: host, Cmd: ["60"], Entrypoint: ["sleep"] });
    await Promise.all([started.start(), second.start(), renamed.rename({ name: `again-${at(2).id}` }), paused.pause()]);
    await program.start();
    await untilSo(at(0).id, { state: "running", desiredState: "running" }, "docker start");
    await untilSo(at(2).id, { state: "running" }, "docker rename");
    const twins = await untilSo(at(1).id, { state: "unknown" }, "a twin");
    expect(twins.loss).toMatchObject({ reason: "twins" });
    await untilSo(at(3).id, { state: "unknown" }, "docker pause");
    await Promise.all([paused.unpause(), second.remove({ force: true, v: true })]);
    await untilSo(at(1).id, { state: "running", desiredState: "running" }, "the twin is gone");
    await untilSo(at(3).id, { state: "running", desiredState: "running" }, "docker unpause");
    for (const { id } of servers) await isWhole(id);
    await stranger.isUntouched();
  });
});
