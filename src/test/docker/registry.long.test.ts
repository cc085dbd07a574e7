import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type Docker from "dockerode";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDockerHarness, type DockerHarness } from "@/domains/launch/server/docker/docker-harness";
import type { PullProgress } from "@/server/docker/container-engine";
import { findProgram } from "../deploy/find-program";
import { startChild } from "../deploy/start-child";
import { freePort } from "../stand-in/free-port";
import { describeWithEngine } from "./engine";
import { finished } from "./load-image";
import { buildMinecraftImage } from "./minecraft-image";

const registryProgram = findProgram("docker-registry");
/** Of "robot" and "let me in", as `htpasswd -B` makes it. */
const passwords = "robot:$2y$05$.d8qotIZIh5rKNlm6UFmH.4XUyjbn4wX4NTSpByhlKNOfwSdQIffK\n";
const login = { username: "robot", password: "let me in" };
const never = new AbortController().signal;

await describeWithEngine("images from a registry that asks who one is", (docker) => {
  const missing = "no registry on this machine (apt-get install docker-registry)";
  if (registryProgram === null) return void it("are downloaded", ({ skip }) => skip(missing));
  let folder: string;
  let registry: { end(): Promise<void> };
  let harness: DockerHarness;
  let server: string;
  let name: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mcsd-test-registry-"));
    const port = await freePort();
    server = `127.0.0.1:${port}`;
    name = `${server}/games/minecraft-server`;
    await writeFile(join(folder, "passwords"), passwords);
    await writeFile(join(folder, "config.yml"), config(folder, server));
    [registry, harness] = await Promise.all([
      startChild(registryProgram, ["serve", join(folder, "config.yml")], port),
      createDockerHarness(),
    ]);
    await publish(docker, { name, server });
  }, 120_000);
  afterAll(async () => {
    await harness?.close();
    await forget(docker, name);
    await registry?.end();
    await rm(folder, { recursive: true, force: true });
  });

  it("tells what is wrong with a sign-in, a name, or a registry that is not there", async () => {
    const pull = (image: string, password: string | null) =>
      harness.engine.pullImage(image, {
        login: password === null ? null : { ...login, password, server },
        signal: never,
        onProgress: () => undefined,
      });
    await expect(pull(`${name}:java17`, null)).rejects.toMatchObject({ code: "PULL_FAILED" });
    await expect(pull(`${name}:java17`, "wrong")).rejects.toMatchObject({ code: "PULL_FAILED" });
    await expect(pull(`${name}:java99`, login.password)).rejects.toMatchObject({ code: "PULL_FAILED" });
    const nowhere = `127.0.0.1:${await freePort()}/games/minecraft-server:java17`;
    await expect(pull(nowhere, login.password)).rejects.toMatchObject({ code: "PULL_FAILED" });
  });

  it("leaves no server behind when the download is broken off", async () => {
    const spec = await harness.newServer();
    for (const isUnderWay of [false, true]) {
      const abort = new AbortController();
      const start = harness.open({ image: name, login }).start(spec, abort.signal, (_step, _done, total) => {
        if (!isUnderWay || total !== null) abort.abort();
      });
      await expect(start).rejects.toMatchObject({ code: "JOB_CANCELLED" });
      expect(await harness.containersOf(spec)).toEqual([]);
    }
  });

  it("are downloaded with progress before the first start, and not asked for again", async () => {
    const spec = await harness.newServer();
    const seen: PullProgress[] = [];
    const strategy = harness.open({ image: name, login });
    const handle = await strategy.start(spec, never, (_step, done, total) => {
      if (total !== null) seen.push({ done, total });
    });
    expect((await harness.engine.inspect((await harness.containersOf(spec))[0] ?? ""))?.image).toBe(`${name}:java17`);
    await handle.kill();
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.every(({ done, total }) => done <= total)).toBe(true);
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).sort((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ done: seen.at(-1)?.total });
    await registry.end();
    const offline = await strategy.start(spec, never);
    await offline.kill();
    await forget(docker, name);
    await expect(strategy.start(spec, never)).rejects.toMatchObject({
      code: "START_FAILED",
      details: { problem: "PULL_FAILED" },
      message: expect.stringContaining(`${name}:java17`),
    });
    expect(await harness.containersOf(spec)).toEqual([]);
  }, 60_000);
});

/** The local image with a layer on top that no engine has yet, in the registry and not in the engine. */
async function publish(docker: Docker, { name, server }: { name: string; server: string }): Promise<void> {
  const { name: local } = await buildMinecraftImage();
  const container = await docker.createContainer({
    Image: `${local}:java17`,
    User: "0:0",
    Entrypoint: ["/bin/sh", "-c", "head -c 16000000 /dev/urandom >/blob"],
  });
  try {
    await container.start();
    expect(await container.wait()).toMatchObject({ StatusCode: 0 });
    const { Config } = await docker.getImage(`${local}:java17`).inspect();
    await container.commit({ repo: name, tag: "java17", ...Config });
  } finally {
    await container.remove({ force: true, v: true });
  }
  const image = docker.getImage(`${name}:java17`);
  await finished(docker, await image.push({ authconfig: { ...login, serveraddress: server } }));
  await image.remove({ force: true });
}

async function forget(docker: Docker, name: string): Promise<void> {
  await docker
    .getImage(`${name}:java17`)
    .remove({ force: true })
    .catch(() => undefined);
}

function config(folder: string, address: string): string {
  return `version: 0.1
storage: { filesystem: { rootdirectory: ${JSON.stringify(join(folder, "data"))} } }
http: { addr: ${JSON.stringify(address)} }
auth: { htpasswd: { realm: mcsd, path: ${JSON.stringify(join(folder, "passwords"))} } }
`;
}
