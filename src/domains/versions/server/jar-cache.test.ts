import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { createGuardedFetch } from "@/server/http/guarded-fetch";
import { startUpstreams } from "@/test/upstream-server";
import { createJarCache, type FileChecksum, type JarDownload } from "./jar-cache";

const emptyZip = Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)]);
const jar = Buffer.concat([randomBytes(300_000), emptyZip]);

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function open() {
  const upstreams = await startUpstreams({ jar });
  const root = await mkdtemp(join(tmpdir(), "mcsd-jars-"));
  const folder = join(root, "cache", "jars");
  const client = createGuardedFetch({ userAgent: "test", trustedBases: [new URL(upstreams.url)], idleMs: 700 });
  cleanups.push(
    upstreams.close,
    () => rm(root, { recursive: true }),
    () => client.close(),
  );
  const cache = createJarCache({ folder, client, hostsFor: () => ["piston-data.mojang.com"] });
  const download = await lookUp(upstreams.mojangUrl, "1.20.4");
  const jarRequests = () => upstreams.requests.filter((request) => request.path.endsWith("server.jar"));
  return { upstreams, folder, cache, download, jarRequests };
}

async function lookUp(mojangUrl: string, id: string): Promise<JarDownload & { checksum: FileChecksum }> {
  const manifest = await (await fetch(`${mojangUrl}/mc/game/version_manifest_v2.json`)).json();
  const url = manifest.versions.find((version: { id: string }) => version.id === id).url;
  const { server } = (await (await fetch(url)).json()).downloads;
  const checksum = { algorithm: "sha1", value: server.sha1 } as const;
  return { type: "vanilla", url: server.url, form: "jar", checksum, sizeBytes: server.size, content: null };
}

const sha1 = (bytes: Buffer) => createHash("sha1").update(bytes).digest("hex");

it("downloads once, verified, for its owner's eyes only, and reports the progress", async () => {
  const { cache, download, folder, jarRequests } = await open();
  const progress: number[] = [];
  const path = await cache.fetchJar(download, { onProgress: (bytes, total) => progress.push(bytes / (total ?? 0)) });
  expect(path).toBe(join(folder, download.checksum.value));
  expect(sha1(await readFile(path))).toBe(download.checksum.value);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect([progress[0], progress.at(-1)]).toEqual([0, 1]);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));

  const again: number[] = [];
  expect(await cache.fetchJar(download, { onProgress: (bytes, total) => again.push(bytes / (total ?? 0)) })).toBe(path);
  expect(again).toEqual([1]);
  expect(jarRequests()).toHaveLength(1);
});

it("shares one download between callers at the same time", async () => {
  const { cache, download, jarRequests } = await open();
  const paths = await Promise.all(Array.from({ length: 20 }, () => cache.fetchJar(download)));
  expect(new Set(paths).size).toBe(1);
  expect(jarRequests()).toHaveLength(1);
});

it("fetches a damaged file again: cut, and of the right size with other bytes", async () => {
  const { cache, download, jarRequests } = await open();
  const path = await cache.fetchJar(download);
  const whole = await readFile(path);
  for (const damage of [whole.subarray(1), Buffer.concat([Buffer.from("x"), whole.subarray(1)])]) {
    await writeFile(path, damage);
    expect(await cache.fetchJar(download)).toBe(path);
    expect((await readFile(path)).equals(whole)).toBe(true);
  }
  expect(jarRequests()).toHaveLength(3);
});

it.each([
  ["down", "UPSTREAM_FAILED"],
  ["silent", "UPSTREAM_FAILED"],
  ["stalled", "UPSTREAM_FAILED"],
  ["truncated", "UPSTREAM_FAILED"],
  ["redirect-private", "DOWNLOAD_REFUSED"],
  ["wrong-checksum", "CHECKSUM_MISMATCH"],
  ["wrong-size", "CHECKSUM_MISMATCH"],
  ["endless", "CHECKSUM_MISMATCH"],
  ["garbage", "CHECKSUM_MISMATCH"],
] as const)("leaves nothing behind when the upstream is %s, and works again afterwards", async (mode, code) => {
  const { cache, download, folder, upstreams } = await open();
  upstreams.fail("mojang", mode, "jar");
  const signal = mode === "silent" ? AbortSignal.timeout(300) : undefined;
  const failure = await cache.fetchJar(download, { signal }).catch((error: unknown) => error);
  if (mode === "silent") expect(failure).toMatchObject({ name: "TimeoutError" });
  else expect(failure).toMatchObject({ code });
  await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]));
  upstreams.fail("mojang", null);
  expect(sha1(await readFile(await cache.fetchJar(download)))).toBe(download.checksum.value);
});

it("ends a cancelled download, but not for those who still wait", async () => {
  const { cache, download, folder, upstreams, jarRequests } = await open();
  upstreams.fail("mojang", "slow", "jar");
  const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
  let started = () => {};
  const underWay = new Promise<void>((resolve) => (started = resolve));
  const one = cache.fetchJar(download, { signal: first.signal, onProgress: (bytes) => bytes > 0 && started() });
  const two = cache.fetchJar(download, { signal: second.signal });
  await underWay;
  first.abort(new Error("one cancelled"));
  await expect(one).rejects.toThrow("one cancelled");
  const bytes: number[] = [];
  const three = cache.fetchJar(download, { signal: third.signal, onProgress: (done) => bytes.push(done) });
  await vi.waitFor(() => expect(bytes.length).toBeGreaterThan(2));
  expect(await readdir(folder)).toHaveLength(1);
  second.abort(new Error("two cancelled"));
  third.abort(new Error("three cancelled"));
  await expect(two).rejects.toThrow("two cancelled");
  await expect(three).rejects.toThrow("three cancelled");
  await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]));
  await vi.waitFor(() => expect(jarRequests()).toHaveLength(1));
});

it("does not begin for a signal that has already aborted", async () => {
  const { cache, download, jarRequests } = await open();
  const failure = cache.fetchJar(download, { signal: AbortSignal.abort(new Error("too late")) });
  await expect(failure).rejects.toThrow("too late");
  expect(jarRequests()).toEqual([]);
});

it("removes what a crash left half done and keeps the rest", async () => {
  const { cache, download, folder } = await open();
  await cache.removeLeftovers();
  const path = await cache.fetchJar(download);
  await writeFile(`${path}.b54adc00-67f9-4f9e-8f9a-1f1f1f1f1f1f.part`, "half");
  await cache.removeLeftovers();
  expect(await readdir(folder)).toEqual([download.checksum.value]);
});

it("keeps to the hosts of the type and to checksums that are ones", async () => {
  const { cache, download, folder } = await open();
  const elsewhere = cache.fetchJar({ ...download, url: "https://example.org/server.jar" });
  await expect(elsewhere).rejects.toMatchObject({ code: "DOWNLOAD_REFUSED" });
  const odd = cache.fetchJar({
    ...download,
    checksum: { algorithm: "sha1", value: "../../../../../../../../../../../../etc/pass" },
  });
  await expect(odd).rejects.toMatchObject({ code: "CHECKSUM_MISMATCH" });
  await expect(readdir(join(folder, ".."))).resolves.toEqual(["jars"]);
});
