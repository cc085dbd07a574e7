import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { buildJvmArgs } from "./build-jvm-args";

const input = { folder: "/srv/a", javaMajor: 17, memoryMb: 2048, extraArgs: [] };

it("sets memory, the end on out of memory and where crash files go", () => {
  expect(buildJvmArgs({ ...input, minMemoryMb: 1024, extraArgs: ["-XX:+UseG1GC"] })).toEqual([
    "-Xms1024M",
    "-Xmx2048M",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:ErrorFile=hs_err_pid%p.log",
    "-Duser.home=/srv/a",
    "-XX:+UseG1GC",
  ]);
});

it("never asks for more memory at the start than in all", () => {
  expect(buildJvmArgs({ ...input, memoryMb: 256 }).slice(0, 2)).toEqual(["-Xms256M", "-Xmx256M"]);
  expect(buildJvmArgs({ ...input, minMemoryMb: 4096 })[0]).toBe("-Xms2048M");
});

it("leaves out what Java 7 does not know", () => {
  expect(buildJvmArgs({ ...input, javaMajor: 7 })).not.toContain("-XX:+ExitOnOutOfMemoryError");
});

it("is understood by a real JVM", async () => {
  const args = buildJvmArgs({ ...input, memoryMb: 64 });
  const { stderr } = await promisify(execFile)("java", [...args, "-version"]);
  expect(stderr).toContain("version");
});
