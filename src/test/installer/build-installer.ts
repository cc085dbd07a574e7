import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildStandIn } from "../stand-in/build-stand-in";
import { withZipEntry } from "../upstreams/with-zip-entry";

const run = promisify(execFile);
const source = join(process.cwd(), "src/test/fixtures/installer/Installer.java");

export type InstallerMode = "args" | "jar" | "fail" | "hang" | "flood" | "outside" | "environment" | "nothing";

export interface InstallerOptions {
  mode: InstallerMode;
  /** What is installed: `1.20.4-49.0.3`, or `20.4.999`. */
  name?: string;
  /** For `args`: the folder under `libraries`. For `outside`: the file that it tries to write. */
  place?: string;
}

let base: Promise<Buffer> | null = null;

/** Builds the jar of an installer that really runs; what it installs is the stand-in server. */
export async function buildInstaller(options: InstallerOptions): Promise<Buffer> {
  const { mode, name = "1.20.4-49.0.3", place = "net/minecraftforge/forge" } = options;
  base ??= compile();
  return withZipEntry(await base, "told.txt", `${mode}\n${name}\n${place}\n`);
}

/** All but what it is told to do. */
async function compile(): Promise<Buffer> {
  const stage = await mkdtemp(join(tmpdir(), "mcsd-installer-"));
  try {
    await copyFile(await buildStandIn(), join(stage, "payload.jar"));
    await run("javac", ["--release", "17", "-nowarn", "-d", stage, source]);
    const contents = ["Installer.class", "payload.jar"].flatMap((file) => ["-C", stage, file]);
    await run("jar", ["--create", "--file", join(stage, "i.jar"), "--main-class", "Installer", ...contents]);
    return await readFile(join(stage, "i.jar"));
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}
