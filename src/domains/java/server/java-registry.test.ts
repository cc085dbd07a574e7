import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Clock } from "@/server/clock";
import { detectJava } from "./find-java";
import { createJavaRegistry } from "./java-registry";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "mcsd-java-"));
});
afterEach(() => rm(root, { recursive: true }));

async function fakeJava(name: string, version: string): Promise<string> {
  const path = join(root, "jvm", name, "bin/java");
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`, { mode: 0o755 });
  return path;
}

function open() {
  let now = Date.now();
  let scans = 0;
  const clock: Clock = { now: () => new Date(now), sleep: () => Promise.reject(new Error("nothing sleeps here")) };
  const registry = createJavaRegistry({
    search: { explicitPaths: {}, dataFolder: join(root, "data"), systemFolders: [join(root, "jvm")] },
    clock,
    log: pino({ level: "silent" }),
    detect: (search) => {
      scans++;
      return detectJava(search);
    },
  });
  return { registry, pass: (ms: number) => (now += ms), scans: () => scans };
}

it("looks once for everyone who asks", async () => {
  const path = await fakeJava("17", "17.0.15");
  const { registry, scans } = open();
  registry.start();
  const [overview, java] = await Promise.all([registry.list(), registry.resolve(17)]);
  expect(overview.installations).toEqual([java]);
  expect(java).toMatchObject({ major: 17, path });
  expect(scans()).toBe(1);
});

it("never gives another major in the place of the one that is needed", async () => {
  await fakeJava("8", "1.8.0_452");
  await fakeJava("17", "17.0.15");
  await fakeJava("25", "25.0.3");
  const { registry } = open();
  await expect(registry.resolve(16)).rejects.toMatchObject({
    code: "JAVA_NOT_FOUND",
    message: expect.stringContaining("Java 16"),
    details: {
      required: 16,
      found: [8, 17, 25],
      howTo: { variable: "JAVA_16_PATH", aptPackage: "openjdk-16-jre-headless", newerMajor: 17 },
    },
  });
  await expect(registry.resolve(26)).rejects.toMatchObject({ details: { howTo: { newerMajor: null } } });
  expect(await registry.resolve(25)).toMatchObject({ version: "25.0.3" });
});

it("finds a Java that was installed after the last look, without looking at every question", async () => {
  const { registry, pass, scans } = open();
  await expect(registry.resolve(21)).rejects.toMatchObject({ details: { found: [] } });
  await fakeJava("21", "21.0.12.1");
  await expect(registry.resolve(21)).rejects.toMatchObject({ code: "JAVA_NOT_FOUND" });
  expect(scans()).toBe(1);
  pass(5001);
  expect(await registry.resolve(21)).toMatchObject({ major: 21 });
  expect(scans()).toBe(2);
});

it("looks again on demand and when the Java it knew has moved", async () => {
  const old = await fakeJava("17", "17.0.14");
  const { registry } = open();
  expect(await registry.resolve(17)).toMatchObject({ path: old });
  await rename(join(root, "jvm/17"), join(root, "jvm/17-security-update"));
  expect(await registry.resolve(17)).toMatchObject({ path: join(root, "jvm/17-security-update/bin/java") });
  await fakeJava("8", "1.8.0_452");
  expect((await registry.rescan()).installations).toHaveLength(2);
});
