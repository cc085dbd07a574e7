import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import type Docker from "dockerode";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { describeWithEngine } from "@/test/docker/engine";
import { execInside } from "@/test/docker/test-container";
import { createDockerHarness, type DockerHarness, type DockerSpec } from "./docker-harness";

const never = new AbortController().signal;
/** Prints whether a TCP connection comes about; what a plugin could do, with what a plugin has. */
const reach = `public class Reach { public static void main(String[] a) throws Exception {
  for (String each : a) { int at = each.lastIndexOf(':'); String told = "open";
    try (var s = new java.net.Socket()) { s.connect(new java.net.InetSocketAddress(each.substring(0, at), Integer.parseInt(each.substring(at + 1))), 1500); }
    catch (java.io.IOException e) { told = "shut"; }
    System.out.println(each + " " + told); } } }`;

/** What the image sets, and what mcsd gives a server. Nothing of mcsd's own environment is among it. */
const variables =
  `PATH LANG HOME HOSTNAME UID GID TYPE VERSION EULA CUSTOM_SERVER INIT_MEMORY MAX_MEMORY JVM_OPTS ENABLE_RCON RCON_PORT
  RCON_PASSWORD SERVER_PORT SKIP_SERVER_PROPERTIES OVERRIDE_SERVER_PROPERTIES SKIP_CHOWN_DATA STOP_DURATION TZ PWD OLDPWD`.split(
    /\s+/,
  );

/** Fields that would give a container something of the host or of another one. */
const grants = [
  ...["Binds", "CapAdd", "Devices", "DeviceCgroupRules", "DeviceRequests"],
  ...["ExtraHosts", "GroupAdd", "Links", "Sysctls", "VolumesFrom"],
];

await describeWithEngine("from inside a server's container", (docker) => {
  let harness: DockerHarness;
  let own: DockerSpec;
  let other: DockerSpec;
  let container: Docker.Container;
  let found: Docker.ContainerInspectInfo;
  let onLoopback: Server;

  beforeAll(async () => {
    harness = await createDockerHarness();
    [own, other] = [await harness.newServer(), await harness.newServer()];
    const source = join(harness.root, "probe", "Reach.java");
    await mkdir(join(harness.root, "probe"));
    await writeFile(source, reach);
    await promisify(execFile)("javac", ["--release", "17", "-d", own.folder, source]);
    const strategy = harness.open();
    await Promise.all([strategy.start(own, never), strategy.start(other, never)]);
    for (const { serverId } of [own, other]) {
      await vi.waitFor(async () => expect(await harness.readLog(serverId)).toContain("RCON running"), 20_000);
    }
    container = docker.getContainer((await harness.containersOf(own))[0] ?? "");
    found = await container.inspect();
    onLoopback = createServer().listen(0, "127.0.0.1");
  });
  afterAll(async () => {
    onLoopback.close();
    await harness.close();
  });

  const look = async (...command: string[]) => (await execInside(docker, container, command)).output;

  it("is what was asked for, and nothing beside, by the engine's word", () => {
    const { HostConfig, Config, Mounts } = found;
    expect(HostConfig).toMatchObject({
      Privileged: false,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      IpcMode: "private",
      PidMode: "",
      UTSMode: "",
      UsernsMode: "",
      PublishAllPorts: false,
      PidsLimit: 4096,
      AutoRemove: false,
      RestartPolicy: { Name: "no" },
      MaskedPaths: expect.arrayContaining(["/proc/kcore", "/proc/keys", "/sys/firmware"]),
      ReadonlyPaths: expect.arrayContaining(["/proc/sys", "/proc/sysrq-trigger"]),
    });
    const granted: Record<string, unknown> = { ...HostConfig };
    for (const field of grants) expect([field, granted[field] ?? []]).toEqual([field, []]);
    expect(HostConfig.Memory).toBe(HostConfig.MemorySwap);
    expect(HostConfig.Memory).toBeGreaterThan(0);
    expect(HostConfig.NanoCpus).toBe(1.5e9);
    expect(Mounts.map(({ Source, Destination }) => [Source, Destination])).toEqual([[own.folder, "/data"]]);
    expect(HostConfig.NetworkMode).toMatch(/^mcsd-[0-9a-f]{8}$/);
    expect(Config.User).not.toMatch(/^0(?::|$)/);
    const published = Object.entries(HostConfig.PortBindings as Record<string, { HostIp: string }[]>);
    expect(Object.fromEntries(published.map(([port, [to]]) => [port, to?.HostIp]))).toEqual({
      [`${own.gamePort}/tcp`]: "",
      [`${own.container.rconPort}/tcp`]: "127.0.0.1",
    });
  });

  it("has no capability, cannot get one, and is filtered", async () => {
    const status = await look("cat", "/proc/self/status");
    for (const set of ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"])
      expect(status).toMatch(new RegExp(`^${set}:\\s0+$`, "m"));
    expect(status).toMatch(/^NoNewPrivs:\s1$/m);
    expect(status).toMatch(/^Uid:\s(?!0\s)/m);
  });

  it("sees its own folder, and neither the engine's socket nor other servers", async () => {
    const mounts = (await look("cat", "/proc/self/mountinfo")).split("\n").map((line) => line.split(" "));
    const ofHost = mounts.filter(([, , , root]) => root !== "/").map(([, , , , target]) => target ?? "");
    const ofEngine = ["/etc/hostname", "/etc/hosts", "/etc/resolv.conf"];
    expect(ofHost.filter((target) => !/^\/(?:proc|sys)\//.test(target)).sort()).toEqual(["/data", ...ofEngine].sort());
    for (const path of ["/var/run/docker.sock", "/run/docker.sock", "/run/containerd", other.folder, harness.root]) {
      expect((await execInside(docker, container, ["ls", path])).code).not.toBe(0);
    }
    expect((await execInside(docker, container, ["touch", "/etc/passwd"])).code).not.toBe(0);
    expect((await execInside(docker, container, ["mkdir", "/sys/fs/cgroup/memory/out"])).code).not.toBe(0);
  });

  it("has no variable of mcsd's, and sees no process of the machine", async () => {
    const names = (await look("sh", "-c", "tr '\\0' '\\n' < /proc/1/environ"))
      .split("\n")
      .map((line) => line.split("=")[0] ?? "");
    expect(names.filter((name) => !variables.includes(name))).toEqual([]);
    const commands = await look("sh", "-c", "cat /proc/[0-9]*/comm");
    expect(commands.split("\n").filter((name) => /node|docker|postgres|systemd|init/.test(name))).toEqual([]);
    expect(commands.split("\n").length).toBeLessThan(12);
  });

  it("reaches its own RCON, and neither another server's nor what listens on the machine's loopback", async () => {
    const [network] = Object.values(found.NetworkSettings.Networks);
    const otherFound = await docker.getContainer((await harness.containersOf(other))[0] ?? "").inspect();
    const [otherNetwork] = Object.values(otherFound.NetworkSettings.Networks);
    const { port } = onLoopback.address() as { port: number };
    const shut = [
      `${otherNetwork?.IPAddress}:${other.container.rconPort}`,
      `${otherNetwork?.IPAddress}:${other.gamePort}`,
      `${network?.Gateway}:${other.container.rconPort}`,
      `${network?.Gateway}:${own.container.rconPort}`,
      `${network?.Gateway}:${port}`,
    ];
    const answer = await look("java", "-cp", "/data", "Reach", `127.0.0.1:${own.container.rconPort}`, ...shut);
    expect(answer.split("\n")).toEqual([
      `127.0.0.1:${own.container.rconPort} open`,
      ...shut.map((place) => `${place} shut`),
    ]);
  });
});
