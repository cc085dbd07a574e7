import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { installationLabel, serverLabel } from "@/domains/launch/server/docker/labels";
import { untilState } from "../program-servers";
import { describeWithEngine } from "./engine";
import { buildMinecraftImage } from "./minecraft-image";
import { newName, type ProgramWithin, startWithin } from "./program-within";

const socket = (process.env.DOCKER_HOST ?? "unix:///var/run/docker.sock").replace("unix://", "");

await describeWithEngine("mcsd in a container, with the engine's socket", (docker) => {
  let image: string;
  let folder: string;
  const volume = newName("dood");
  const programs: ProgramWithin[] = [];
  const installations = new Set<string>();

  beforeAll(async () => {
    image = (await buildMinecraftImage()).name;
    folder = await mkdtemp(join(tmpdir(), "mcsd-test-dood-within-"));
    await chmod(folder, 0o711);
  });
  afterAll(async () => {
    for (const installation of installations) {
      const label = [`${installationLabel}=${installation}`];
      for (const { Id } of await docker.listContainers({ all: true, filters: { label } }))
        await docker.getContainer(Id).remove({ force: true, v: true });
    }
    for (const program of programs) await program.end();
    for (const installation of installations) {
      for (const { Id } of await docker.listNetworks({ filters: { label: [`${installationLabel}=${installation}`] } }))
        await docker.getNetwork(Id).remove();
    }
    await docker
      .getVolume(volume)
      .remove()
      .catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ["root, its data in a folder of the host", "0:0", () => folder],
    ["an ordinary user in the socket's group, its data in a volume", "1000:1000", () => volume],
  ])("as %s: makes, runs and keeps a server", async (_who, user, place) => {
    const { gid } = await stat(socket);
    const program = await startWithin(docker, {
      volume: place(),
      user,
      env: { MINECRAFT_IMAGE: image, DEFAULT_LAUNCH_STRATEGY: "dood" },
      host: { GroupAdd: [String(gid)], Binds: [`${socket}:/var/run/docker.sock`] },
    });
    programs.push(program);
    await program.healthy();
    const admin = await program.admin();
    const { launchKinds } = await admin.servers.defaults.query();
    expect(launchKinds.find(({ kind }) => kind === "dood")).toMatchObject({
      isAvailable: true,
      engine: { isOwnHost: true },
    });
    await admin.versions.refresh.mutate({ type: "vanilla" });
    const made = await admin.servers.create.mutate({
      name: `Within ${user}`,
      type: "vanilla",
      version: "1.20.4",
      memoryMb: 128,
      launchKind: "dood",
      acceptEula: true,
      wait: true,
    });
    if (!("id" in made)) throw new Error("create did not wait");
    await admin.servers.start.mutate({ serverId: made.id, wait: true });
    await untilState(admin, made.id, "running", 60_000);

    const find = async () => {
      const [listed] = await docker.listContainers({ filters: { label: [`${serverLabel}=${made.id}`] } });
      return docker.getContainer(listed?.Id ?? "");
    };
    let container = await find();
    let before = await container.inspect();
    installations.add(before.Config.Labels[installationLabel] ?? "");
    // The host's own path of the folder, and RCON published nowhere: mcsd reaches it over a network for the two of them.
    const [mount] = before.Mounts;
    expect(mount?.Source.endsWith(`/servers/${made.id}`)).toBe(true);
    expect(mount?.Source.startsWith(user === "0:0" ? folder : "/var/lib/docker")).toBe(true);
    expect(Object.keys(before.HostConfig.PortBindings as object)).toHaveLength(1);
    const command = (text: string) => admin.console.command.mutate({ serverId: made.id, command: text });
    expect((await command("reply 5")).reply).toBe("01234");
    const snapshot = await admin.snapshots.create.mutate({ serverId: made.id, resource: "server_full", wait: true });
    expect(snapshot).toMatchObject({ fileCount: expect.any(Number), metadata: { savingOffMs: expect.any(Number) } });

    if (!("id" in snapshot)) throw new Error("the snapshot did not wait");
    await admin.files.write.mutate({ serverId: made.id, path: "made-later.txt", content: "later" });
    await admin.snapshots.restore.mutate({ snapshotId: snapshot.id, restart: true, wait: true });
    await untilState(admin, made.id, "running", 60_000);
    await expect(admin.files.read.query({ serverId: made.id, path: "made-later.txt" })).rejects.toThrow();
    expect((await command("reply 5")).reply).toBe("01234");
    container = await find();
    before = await container.inspect();

    await program.container.restart({ t: 60 });
    await program.healthy();
    // Connections of before are of no use any more, which each of them tells once.
    const again = await vi.waitFor(() => program.admin(), 10_000);
    expect(await again.servers.get.query({ serverId: made.id })).toMatchObject({ state: "running" });
    expect((await container.inspect()).State.StartedAt).toBe(before.State.StartedAt);
    expect((await again.console.command.mutate({ serverId: made.id, command: "reply 3" })).reply).toBe("012");
    await again.servers.stop.mutate({ serverId: made.id, wait: true });
    expect((await container.inspect()).State).toMatchObject({ Running: false, ExitCode: 0 });
  });
});
