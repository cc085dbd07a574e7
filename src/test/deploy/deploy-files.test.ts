import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { settingsTable } from "@/server/settings-table";
import { projectRoot } from "../import-graph";
import { itWith } from "./find-program";

const run = promisify(execFile);
const read = (path: string) => readFile(join(projectRoot, path), "utf8");
// The second is the docker program's own variable.
const known = [...Object.keys(settingsTable), "DOCKER_HOST"];
const profiles = ["dood", "proxied", "dind", "postgres"];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcsd-test-deploy-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const service = z.looseObject({
  image: z.string(),
  profiles: z.array(z.string()),
  privileged: z.boolean().optional(),
  stop_grace_period: z.string().optional(),
  environment: z.record(z.string(), z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  volumes: z.array(z.string()),
});
const composeFile = z.looseObject({ services: z.record(z.string(), service) });

it("compose.yaml: one mcsd for each profile, only the one with its own engine is privileged, settings exist", async () => {
  const { services } = composeFile.parse(parse(await read("compose.yaml"), { merge: true }));
  const own = Object.entries(services).filter(([name]) => name.startsWith("mcsd"));
  expect(own.flatMap(([, found]) => found.profiles).sort()).toEqual([...profiles].sort());
  for (const [name, found] of own) {
    const isPrivileged = name === "mcsd-dind";
    expect([name, found.privileged ?? false]).toEqual([name, isPrivileged]);
    expect([name, found.cap_drop]).toEqual([name, isPrivileged ? [] : ["ALL"]]);
    expect([name, found.security_opt]).toEqual([name, isPrivileged ? [] : ["no-new-privileges:true"]]);
    expect(found.volumes[0]).toBe("data:/data");
    expect(found.stop_grace_period).toBe("6m");
    const setByFile = (await read("deploy/container.env")).match(/^#?[A-Z_]+(?==)/gm) ?? [];
    for (const variable of [...Object.keys(found.environment ?? {}), ...setByFile])
      expect(known).toContain(variable.replace(/^#/, ""));
  }
  const withSocket = Object.entries(services).filter(([, { volumes }]) =>
    volumes.some((entry) => entry.includes("docker.sock")),
  );
  expect(withSocket.map(([name]) => name)).toEqual(["mcsd", "socket-proxy", "mcsd-postgres"]);
});

itWith("docker-compose", "docker-compose", "compose.yaml is understood by docker-compose", async (program) => {
  const env = { ...process.env, POSTGRES_PASSWORD: "word", COMPOSE_PROJECT_NAME: "mcsd" };
  const flags = profiles.flatMap((profile) => ["--profile", profile]);
  const { stdout } = await run(program, [...flags, "config", "--services"], { cwd: projectRoot, env });
  expect(stdout.trim().split("\n").sort()).toEqual(
    ["mcsd", "mcsd-dind", "mcsd-postgres", "mcsd-proxied", "postgres", "socket-proxy"].sort(),
  );
});

it("Dockerfile: what it copies exists and is not ignored, and it runs what is built as an ordinary user", async () => {
  const [dockerfile, ignored] = await Promise.all([read("Dockerfile"), read(".dockerignore")]);
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, words = ""]) => words.split(" "));
  const letIn = ignored.split("\n").flatMap((line) => (line.startsWith("!") ? [line.slice(1)] : []));
  for (const path of copied.filter((word) => word !== ".")) {
    expect([path, existsSync(join(projectRoot, path))]).toEqual([path, true]);
    expect(letIn).toContain(path.split("/")[0]);
  }
  expect(ignored.split("\n")[1]).toBe("*");
  const [, app = ""] = /^FROM \S+ AS app$([\s\S]+?)^FROM /m.exec(dockerfile) ?? [];
  expect(app).toMatch(/^USER 1000:1000$/m);
  expect(app).toMatch(/^VOLUME \/data$/m);
  expect(app).toMatch(/^HEALTHCHECK .+ CMD \["node", "healthcheck.mjs"\]$/m);
  expect(app).toMatch(/^ENTRYPOINT \["\/usr\/bin\/tini", "--"\]$/m);
  expect(dockerfile).not.toMatch(/--mount=|<<EOF|--chmod/);
});

itWith(
  "systemd-analyze",
  "systemd",
  "the unit is understood by systemd, and leaves the servers alone",
  async (program) => {
    const unit = await read("deploy/mcsd.service");
    expect(unit).toMatch(/^KillMode=process$/m);
    expect(unit).toMatch(/^OOMPolicy=continue$/m);
    const path = join(folder, "mcsd.service");
    await writeFile(path, unit.replace("/usr/bin/node", process.execPath));
    const { stderr } = await run(program, ["verify", "--man=no", path]);
    expect(stderr.split("\n").filter((line) => line.includes("mcsd.service"))).toEqual([]);
  },
);
