import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { buildJvmArgs } from "./build-jvm-args";
import { jvmPresets } from "./contract";
import { checkJvmArgs } from "./jvm-args";
import { findCollectorConflict, presetArgs } from "./jvm-presets";

const java = async (args: readonly string[]) => (await promisify(execFile)("java", [...args, "-version"])).stderr;

it.each(jvmPresets)("%s is understood by this machine's JVM, small and large", async (preset) => {
  const major = Number(/version "(\d+)/.exec(await java([]))?.[1]);
  const input = { folder: "/srv/a", javaMajor: major, preset, extraArgs: [] };
  const said = await Promise.all([64, 200, 256].map((memoryMb) => java(buildJvmArgs({ ...input, memoryMb }))));
  for (const text of said) {
    expect(text).toContain("version");
    expect(text).not.toMatch(/warning|ignoring|unrecognized/i);
  }
  // The flags for a large heap, without taking one.
  expect(await java(["-Xmx1G", ...presetArgs(preset, { javaMajor: major, memoryMb: 16_384 })])).toContain("version");
});

it("gives Aikar's flags the larger young generation from 12 GB on, and the whole heap at once", () => {
  const args = (memoryMb: number) =>
    buildJvmArgs({ folder: "/srv/a", javaMajor: 21, memoryMb, preset: "aikar", extraArgs: [] });
  expect(args(12_287)).toEqual(
    expect.arrayContaining(["-Xms12287M", "-XX:G1NewSizePercent=30", "-XX:G1HeapRegionSize=8M"]),
  );
  expect(args(12_288)).toEqual(
    expect.arrayContaining([
      ...["-Xms12288M", "-XX:G1NewSizePercent=40", "-XX:G1MaxNewSizePercent=50", "-XX:G1HeapRegionSize=16M"],
      ...["-XX:G1ReservePercent=15", "-XX:InitiatingHeapOccupancyPercent=20"],
    ]),
  );
});

it.each([
  ["aikar", 7, []],
  ["zgc", 16, []],
  ["zgc", 17, ["-XX:+UseZGC"]],
  ["zgc", 21, ["-XX:+UseZGC", "-XX:+ZGenerational"]],
  ["zgc", 22, ["-XX:+UseZGC", "-XX:+ZGenerational"]],
  ["zgc", 23, ["-XX:+UseZGC"]],
  ["zgc", 25, ["-XX:+UseZGC"]],
  ["none", 21, []],
] as const)("%s for Java %i", (preset, javaMajor, collector) => {
  const args = presetArgs(preset, { javaMajor, memoryMb: 4096 });
  expect(args.filter((argument) => /ZG/i.test(argument))).toEqual(collector);
  if (collector.length === 0) expect(args).toEqual([]);
});

it("never sets an experimental flag before it unlocks them, and stays careful with a Java that nobody knows yet", () => {
  const args = presetArgs("aikar", { javaMajor: 21, memoryMb: 4096 });
  expect(args.indexOf("-XX:+UnlockExperimentalVMOptions")).toBeLessThan(args.indexOf("-XX:G1NewSizePercent=30"));
  expect(args.every((argument) => checkJvmArgs([argument]).ok)).toBe(true);
  expect(presetArgs("zgc", { javaMajor: 30, memoryMb: 4096 })[0]).toBe("-XX:+IgnoreUnrecognizedVMOptions");
});

it("finds a second collector beside the preset's", () => {
  expect(findCollectorConflict("aikar", ["-Xss1M", "-XX:+UseZGC"])).toBe("-XX:+UseZGC");
  expect(findCollectorConflict("zgc", ["-XX:-UseG1GC", "-XX:+UseStringDeduplication"])).toBeNull();
  expect(findCollectorConflict("none", ["-XX:+UseZGC"])).toBeNull();
});
