import { execFile } from "node:child_process";
import { access, chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createGuardedFetch, type OutboundClient } from "@/server/http/guarded-fetch";
import type { RawTarEntry } from "@/test/archives/raw-tar";
import { bundleExtractor } from "@/test/snapshots/bundle-worker";
import { startUpstreams, type Upstreams } from "@/test/upstream-server";
import { fakeJavaEntries } from "@/test/upstreams/adoptium-upstream";
import { createJavaInstaller, type JavaInstaller, type JavaProgress } from "./java-installer";

let upstreams: Upstreams;
let client: OutboundClient;
let extractorFile: string;
let root: string;
let folder: string;
let installer: JavaInstaller;

beforeAll(async () => {
  upstreams = await startUpstreams({ jar: Buffer.concat([Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)]) });
  client = createGuardedFetch({
    userAgent: "test",
    trustedBases: [new URL(upstreams.url)],
    idleMs: 500,
    firstByteMs: 500,
  });
  extractorFile = await bundleExtractor();
  root = await mkdtemp(join(tmpdir(), "mcsd-java-"));
  await chmod(root, 0o711);
}, 60_000);
afterAll(async () => {
  await client.close();
  await upstreams.close();
  await rm(root, { recursive: true });
});
afterEach(() => upstreams.fail("adoptium", null));

async function open(): Promise<void> {
  folder = await mkdtemp(join(root, "java-"));
  await chmod(folder, 0o711);
  installer = createJavaInstaller({ client, baseUrl: new URL(upstreams.env.ADOPTIUM_API_URL), folder, extractorFile });
}

function watch(signal = new AbortController().signal) {
  const seen: string[] = [];
  const progress: JavaProgress = {
    signal,
    onStep: (step) => seen.push(step),
    onBytes: () => {},
    onSeal: () => seen.push("seal"),
  };
  return { seen, progress };
}
const install = (major: number) => installer.install(major, watch().progress);

it("installs a Java that everybody can run and nobody else can change", async () => {
  await open();
  const { seen, progress } = watch();
  expect(await installer.install(21, progress)).toMatchObject({ version: expect.stringMatching(/^21\./) });
  expect(seen).toEqual(["prepare", "download", "unpack", "verify", "seal"]);
  expect(await readdir(folder)).toEqual(["21"]);
  const java = join(folder, "21", "bin", "java");
  for (const path of [folder, join(folder, "21"), join(folder, "21", "bin"), java]) {
    const { mode, uid } = await stat(path);
    expect([mode & 0o011, mode & 0o022, uid]).toEqual([0o011, 0, process.getuid?.()]);
  }
  expect((await stat(join(folder, "21", "lib", "modules"))).mode & 0o777).toBe(0o644);
  await expect(access(join(folder, "21", "legal", "java.xml", "LICENSE"))).rejects.toThrow();
  const stranger = process.getuid?.() === 0 ? { uid: 54_321, gid: 54_321 } : {};
  const { stderr } = await promisify(execFile)(java, ["-version"], { ...stranger, cwd: "/" });
  expect(stderr).toContain('"21.');
  await expect(install(21)).rejects.toMatchObject({ code: "STATE_CONFLICT" });
});

it("takes the JDK where there is no JRE, and says so where there is neither", async () => {
  await open();
  upstreams.adoptium.setJdkOnly(16);
  await install(16);
  await expect(install(7)).rejects.toMatchObject({ code: "JAVA_UNAVAILABLE", details: { required: 7 } });
  expect(await readdir(folder)).toEqual(["16"]);
});

it("mends one that does not run, and removes what it has made", async () => {
  await open();
  await install(25);
  await writeFile(join(folder, "25", "bin", "java"), "damaged");
  await install(25);
  expect(await readFile(join(folder, "25", "bin", "java"), "utf8")).toContain("openjdk");
  await installer.remove(25);
  expect(await readdir(folder)).toEqual([]);
  await expect(installer.remove(25)).rejects.toMatchObject({ code: "JAVA_NOT_INSTALLED" });
});

it.each([
  ["down", "list", "UPSTREAM_FAILED"],
  ["garbage", "list", "UPSTREAM_FAILED"],
  ["redirect-private", "list", "DOWNLOAD_REFUSED"],
  ["stalled", "jar", "UPSTREAM_FAILED"],
  ["truncated", "jar", "UPSTREAM_FAILED"],
  ["wrong-checksum", "jar", "CHECKSUM_MISMATCH"],
  ["wrong-size", "jar", "CHECKSUM_MISMATCH"],
  ["endless", "jar", "CHECKSUM_MISMATCH"],
  ["redirect-private", "jar", "DOWNLOAD_REFUSED"],
] as const)("leaves nothing behind when Adoptium is %s in its %s", async (mode, part, code) => {
  await open();
  upstreams.fail("adoptium", mode, part);
  await expect(install(21)).rejects.toMatchObject({ code });
  expect(await readdir(folder)).toEqual([]);
});

const [top, java] = fakeJavaEntries(99);
const hostile: Record<string, RawTarEntry[]> = {
  "a way out": [{ name: "../evil", content: "x" }],
  "an absolute path": [{ name: "/tmp/mcsd-evil", content: "x" }],
  "a hard link": [{ name: "jdk/x", type: "1", link: "/etc/passwd" }],
  "a device": [{ name: "jdk/x", type: "3" }],
  "a file through a link": [
    { name: "jdk/way", type: "2", link: "/tmp" },
    { name: "jdk/way", type: "2", link: "/etc" },
    { name: "jdk/../../evil", content: "x" },
  ],
};
it.each(Object.entries(hostile))("refuses an archive with %s", async (_name, entries) => {
  await open();
  upstreams.adoptium.setArchive(99, [...(top && java ? [top, java] : []), ...entries]);
  await expect(install(99)).rejects.toMatchObject({ code: "ARCHIVE_REFUSED" });
  expect(await readdir(folder)).toEqual([]);
});

it("refuses what is another Java than it was said to be, or none", async () => {
  await open();
  upstreams.adoptium.setArchive(98, fakeJavaEntries(98, "17.0.15"));
  await expect(install(98)).rejects.toMatchObject({ code: "JAVA_UNUSABLE", details: { required: 98, found: 17 } });
  upstreams.adoptium.setArchive(98, [{ name: "jdk/readme.txt", content: "no Java in here" }]);
  await expect(install(98)).rejects.toMatchObject({ code: "JAVA_UNUSABLE", details: { found: null } });
  expect(await readdir(folder)).toEqual([]);
});

it("stops when it is told to, does one at a time, and clears up after a crash", async () => {
  await open();
  upstreams.fail("adoptium", "slow", "jar");
  const abort = new AbortController();
  const { progress } = watch(abort.signal);
  const running = installer.install(21, {
    ...progress,
    onBytes: (bytes) => bytes > 0 && abort.abort(new Error("not now")),
  });
  await expect(install(21)).rejects.toMatchObject({ code: "STATE_CONFLICT" });
  await expect(running).rejects.toThrow("not now");
  expect(await readdir(folder)).toEqual([]);
  for (const name of [".part-x", ".new-x", ".old-x", "17"]) await writeFile(join(folder, name), "");
  await installer.removeLeftovers();
  expect(await readdir(folder)).toEqual(["17"]);
});
