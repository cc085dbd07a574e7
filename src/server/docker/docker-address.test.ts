import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type DockerSettings, dockerAddress, parseDockerHost } from "./docker-address";

const parse = (host: string | null, more: Partial<DockerSettings> = {}, platform: NodeJS.Platform = "linux") =>
  parseDockerHost({ host, certPath: null, tlsVerify: false, sshAgent: null, ...more }, platform);

it("takes the usual place of each platform", () => {
  expect(parse(null)).toEqual({ socketPath: "/var/run/docker.sock" });
  expect(parse(null, {}, "win32")).toEqual({ socketPath: "//./pipe/docker_engine" });
  expect(dockerAddress({ host: null }, "win32")).toBe("npipe:////./pipe/docker_engine");
});

it("takes sockets, pipes, plain and secured addresses", () => {
  expect(parse("unix:///run/user/1000/docker.sock")).toEqual({ socketPath: "/run/user/1000/docker.sock" });
  expect(parse("npipe:////./pipe/other")).toEqual({ socketPath: "//./pipe/other" });
  expect(parse("tcp://engine.test")).toEqual({ protocol: "http", host: "engine.test", port: 2375 });
  expect(parse("tcp://[::1]:99")).toEqual({ protocol: "http", host: "::1", port: 99 });
  expect(parse("tcp://engine.test:2376")).toEqual({ protocol: "https", host: "engine.test", port: 2376 });
  expect(parse("tcp://engine.test", { tlsVerify: true })).toMatchObject({ protocol: "https", port: 2376 });
  expect(parse("https://engine.test:1")).toEqual({ protocol: "https", host: "engine.test", port: 1 });
});

it("takes ssh with its user and agent", () => {
  expect(parse("ssh://me%40home@engine.test:2222", { sshAgent: "/run/agent" })).toEqual({
    protocol: "ssh",
    host: "engine.test",
    port: 2222,
    username: "me@home",
    sshOptions: { agent: "/run/agent" },
  });
  expect(parse("ssh://engine.test")).toEqual({ protocol: "ssh", host: "engine.test", port: 22, sshOptions: {} });
});

it("reads certificates as the docker program does", async () => {
  const folder = await mkdtemp(join(tmpdir(), "docker-address-"));
  for (const name of ["ca", "cert", "key"]) await writeFile(join(folder, `${name}.pem`), name);
  expect(parse("tcp://engine.test:2376", { certPath: folder })).toMatchObject({
    ca: Buffer.from("ca"),
    cert: Buffer.from("cert"),
    key: Buffer.from("key"),
  });
  await rm(folder, { recursive: true });
});

it("says what is wrong with an address, and shows none with its secrets", () => {
  expect(() => parse("nonsense")).toThrow('"nonsense" is no address of a Docker engine.');
  expect(() => parse("ftp://engine.test")).toThrow("use unix://, npipe://, tcp:// or ssh://");
  expect(dockerAddress({ host: "tcp://me:secret@engine.test:2375" })).toBe("tcp://engine.test:2375");
});
