import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeTree } from "@/test/snapshots/describe-tree";
import { type ArchiveFormat, archiveFormats } from "./archive-format";
import { writeArchive } from "./write-archive";

let base: string;
let root: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "mcsd-write-archive-"));
  root = join(base, "server");
  mkdirSync(join(root, "world", "region"), { recursive: true });
  mkdirSync(join(root, "world", "empty"));
  writeFileSync(join(root, "world", "region", "r.0.0.mca"), randomBytes(3_000_000));
  writeFileSync(join(root, "world", "level.dat"), "level");
  writeFileSync(join(root, "run.sh"), "#!/bin/sh\n", { mode: 0o755 });
  for (const name of readdirSync(root, { recursive: true }).map(String).reverse())
    utimesSync(join(root, name), 1_600_000_000, 1_600_000_000);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const openFiles = () => readdirSync("/proc/self/fd").length;

async function write(format: ArchiveFormat, paths: string[]) {
  const file = join(base, `out.${format}`);
  const { stream, totals } = await writeArchive({ root, paths, format });
  await pipeline(stream, createWriteStream(file));
  return { file, totals };
}

function unpack(file: string, format: ArchiveFormat): string {
  const target = join(base, "unpacked");
  mkdirSync(target);
  const { status, stderr } =
    format === "zip"
      ? spawnSync("unzip", ["-q", file, "-d", target], { encoding: "utf8" })
      : spawnSync("tar", ["-xpf", file, "-C", target], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return target;
}

describe("archives of a server's files", () => {
  it.each(archiveFormats)("are what unzip and GNU tar take as %s", async (format) => {
    const { file, totals } = await write(format, [""]);
    expect(describeTree(unpack(file, format))).toEqual(describeTree(root));
    expect(totals).toEqual({ files: 3, folders: 3, bytes: 3_000_015, leftOut: 0 });
  });

  it("begin at the folder that holds all that was chosen, and hold nothing twice", async () => {
    const { file } = await write("tar", ["world/region/r.0.0.mca", "world/region", "world/level.dat"]);
    const { stdout } = spawnSync("tar", ["-tf", file], { encoding: "utf8" });
    expect(stdout.trim().split("\n")).toEqual(["level.dat", "region/", "region/r.0.0.mca"]);
  });

  it("leave out links and what is no ordinary file, and the RCON password", async () => {
    symlinkSync("/etc", join(root, "world", "etc"));
    symlinkSync("/etc/passwd", join(root, "world", "passwd"));
    spawnSync("mkfifo", [join(root, "world", "pipe")]);
    writeFileSync(join(root, "server.properties"), "motd=hi\nrcon.password=very-secret\n");
    const { file, totals } = await write("tar", [""]);
    expect(totals.leftOut).toBe(3);
    const target = unpack(file, "tar");
    expect(readdirSync(join(target, "world")).sort()).toEqual(["empty", "level.dat", "region"]);
    const { stdout } = spawnSync("grep", ["-r", "rcon", target], { encoding: "utf8" });
    expect(stdout).toMatch(/rcon\.password=$/m);
  });

  it.each(archiveFormats)("stay whole as %s when files shrink, grow and vanish meanwhile", async (format) => {
    for (const name of ["a", "b", "c"]) writeFileSync(join(root, name), Buffer.alloc(2_000_000, name));
    const { stream, totals } = await writeArchive({ root, paths: [""], format });
    const file = join(base, "live");
    let isFirst = true;
    const disturb = async function* (source: AsyncIterable<Buffer>) {
      for await (const piece of source) {
        if (isFirst) {
          truncateSync(join(root, "a"), 10);
          writeFileSync(join(root, "b"), randomBytes(5_000_000));
          unlinkSync(join(root, "c"));
          rmSync(join(root, "world"), { recursive: true });
        }
        isFirst = false;
        yield piece;
      }
    };
    await pipeline(stream, disturb, createWriteStream(file));
    expect(readdirSync(unpack(file, format))).toContain("a");
    expect(totals.files).toBeGreaterThanOrEqual(2);
  });

  it.each(archiveFormats)("as %s close all they hold when they are left or stopped", async (format) => {
    const before = openFiles();
    const stop = new AbortController();
    for (const end of ["destroy", "abort"] as const) {
      const { stream } = await writeArchive({ root, paths: [""], format, signal: stop.signal });
      for await (const _ of stream) break;
      if (end === "destroy") continue;
      const stopped = await writeArchive({ root, paths: [""], format, signal: stop.signal });
      const failed = new Promise<unknown>((resolve) => stopped.stream.once("error", resolve));
      stop.abort(new Error("stopped"));
      expect(await failed).toMatchObject({ message: "stopped" });
    }
    await expect.poll(openFiles).toBeLessThanOrEqual(before);
  });

  it("refuse what cannot be reached", async () => {
    symlinkSync("/etc", join(root, "etc"));
    await expect(writeArchive({ root, paths: ["nothing"], format: "tar" })).rejects.toMatchObject({
      code: "PATH_NOT_FOUND",
    });
    await expect(writeArchive({ root, paths: ["etc/passwd"], format: "tar" })).rejects.toMatchObject({
      code: "PATH_BLOCKED",
    });
  });
});
