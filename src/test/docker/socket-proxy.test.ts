import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findProgram } from "../deploy/find-program";
import { startChild } from "../deploy/start-child";
import { projectRoot } from "../import-graph";
import { freePort } from "../stand-in/free-port";
import { describeWithEngine } from "./engine";
import { buildMinecraftImage } from "./minecraft-image";
import { removeContainers, startContainer } from "./test-container";

const nginx = findProgram("nginx");

await describeWithEngine("the proxy before an engine", (direct) => {
  const missing = "no nginx on this machine (apt-get install nginx-light)";
  if (nginx === null) return void it("lets through what mcsd needs", ({ skip }) => skip(missing));
  let folder: string;
  let proxied: Docker;
  let proxy: { end(): Promise<void> };
  let image: string;
  let address: string;

  beforeAll(async () => {
    image = `${(await buildMinecraftImage()).name}:java21`;
    folder = await mkdtemp(join(tmpdir(), "mcsd-test-socket-proxy-"));
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    const socket = (process.env.DOCKER_HOST ?? "unix:///var/run/docker.sock").replace("unix://", "");
    const written = await readFile(join(projectRoot, "deploy/socket-proxy.conf"), "utf8");
    const conf = written
      .replaceAll("/tmp/", `${folder}/`)
      .replace("listen 2375", `listen 127.0.0.1:${port}`)
      .replace("/var/run/docker.sock", socket);
    await writeFile(join(folder, "nginx.conf"), `daemon off; master_process off;\n${conf}`);
    proxy = await startChild(nginx, ["-c", join(folder, "nginx.conf"), "-e", "stderr"], port);
    proxied = new Docker({ host: "127.0.0.1", port, protocol: "http" });
  });
  afterAll(async () => {
    await removeContainers();
    await proxy?.end();
    await rm(folder, { recursive: true, force: true });
  });

  it("lets a server be made, started, typed into, read, stopped and removed", async () => {
    expect((await proxied.info()).ServerVersion).toBe((await direct.info()).ServerVersion);
    expect((await proxied.getImage(image).inspect()).Id).toMatch(/^sha256:/);
    const network = await proxied.createNetwork({ Name: `mcsd-test-proxy-${process.pid}` });
    const server = await startContainer(proxied, {
      image,
      env: { EULA: "TRUE", MEMORY: "64M" },
      host: { NetworkMode: network.id },
    });
    await server.printed("RCON running");
    server.type("seed");
    await server.printed("Seed: [");
    const logs = await server.container.logs({ stdout: true, stderr: true, tail: 5 });
    expect(logs.toString()).toContain("Seed: [");
    expect((await server.container.stats({ stream: false })).memory_stats.usage).toBeGreaterThan(0);
    const asked = server.exited();
    await server.container.stop({ t: 30 });
    expect(await asked).toBe(0);
    await network.disconnect({ Container: server.container.id });
    await network.connect({ Container: server.container.id });
    await server.container.remove({ v: true });
    await network.remove();
  });

  it("refuses everything else", async () => {
    const server = await startContainer(direct, { image, cmd: ["--nothing"] });
    const inside = proxied.getContainer(server.container.id);
    const refused = { statusCode: 403 };
    await expect(inside.exec({ Cmd: ["sh"] })).rejects.toMatchObject(refused);
    await expect(inside.getArchive({ path: "/" })).rejects.toMatchObject(refused);
    await expect(inside.commit()).rejects.toMatchObject(refused);
    await expect(inside.rename({ name: "x" })).rejects.toMatchObject(refused);
    await expect(proxied.getImage(image).remove()).rejects.toMatchObject(refused);
    await expect(proxied.listVolumes()).rejects.toMatchObject(refused);
    await expect(proxied.pruneContainers()).rejects.toMatchObject(refused);
    await expect(proxied.swarmInspect()).rejects.toMatchObject(refused);
    await expect(proxied.df()).rejects.toMatchObject(refused);
    // Written so that only a careless pattern lets it through.
    for (const path of ["/v1.41/containers/json/../../volumes", "/containers/x/json%2f..%2f..%2fexec", "//volumes"]) {
      const answer = await fetch(address + path);
      expect([path, answer.status]).toEqual([path, 403]);
    }
  });
});
