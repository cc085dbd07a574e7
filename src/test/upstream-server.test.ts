import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { startUpstreams, type Upstreams } from "./upstream-server";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function open(): Promise<Upstreams> {
  const upstreams = await startUpstreams();
  cleanups.push(upstreams.close);
  return upstreams;
}

const agent = { "user-agent": "test/1 (+https://example.org)" };
const json = async (url: string) => (await fetch(url, { headers: agent })).json();

it("serves jars that are what it says of them, each version another, and that Java opens", async () => {
  const { mojangUrl, paperUrl } = await open();
  const { versions } = await json(`${mojangUrl}/mc/game/version_manifest_v2.json`);
  const checksums = new Set<string>();
  for (const id of ["1.20.4", "1.21.11", "26.2"]) {
    const entry = versions.find((version: { id: string }) => version.id === id);
    const text = await (await fetch(entry.url)).text();
    expect(createHash("sha1").update(text).digest("hex")).toBe(entry.sha1);
    const { sha1, size, url } = JSON.parse(text).downloads.server;
    const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect([bytes.length, createHash("sha1").update(bytes).digest("hex")]).toEqual([size, sha1]);
    checksums.add(sha1);
  }
  expect(checksums.size).toBe(3);

  const build = await json(`${paperUrl}/v3/projects/paper/versions/1.21.8/builds/latest`);
  const { checksums: announced, size, url } = build.downloads["server:default"];
  const jar = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect([jar.length, createHash("sha256").update(jar).digest("hex")]).toEqual([size, announced.sha256]);
  const folder = await mkdtemp(join(tmpdir(), "mcsd-upstream-"));
  cleanups.push(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "server.jar"), jar);
  const listing = execFileSync("jar", ["--list", "--file", join(folder, "server.jar")]).toString();
  expect(listing).toContain("META-INF/MANIFEST.MF");
});

it("answers like Fill: v2 is gone, unknown things are 404, nameless callers are turned away", async () => {
  const { paperUrl } = await open();
  const old = await fetch(`${paperUrl}/v2/projects/paper`);
  expect([old.status, await old.json()]).toEqual([410, { ok: false, error: "sunset" }]);
  const missing = await fetch(`${paperUrl}/v3/projects/paper/versions/9.9/builds`, { headers: agent });
  expect([missing.status, await missing.json()]).toEqual([
    404,
    { error: "version_not_found", message: "Version not found.", ok: false },
  ]);
  const nameless = await fetch(`${paperUrl}/v3/projects/paper/versions`, { headers: { "user-agent": "node" } });
  expect(nameless.status).toBe(403);
});
