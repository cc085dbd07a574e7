import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { buildInstaller, type InstallerMode } from "@/test/installer/build-installer";
import { findInside } from "@/test/program-remains";
import { installerScript } from "./installer-script";
import { type InstallerRun, runInstaller } from "./run-installer";

const isRoot = process.getuid?.() === 0;
const uid = isRoot ? 54_321 : null;
const jars = new Map<InstallerMode, Buffer>();
let root: string;
let canary: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "mcsd-run-installer-"));
  await chmod(root, 0o711);
  canary = join(root, "canary");
  const modes: InstallerMode[] = ["args", "fail", "hang", "flood", "outside", "environment"];
  const place = (mode: InstallerMode) => (mode === "outside" ? canary : undefined);
  await Promise.all(modes.map(async (mode) => jars.set(mode, await buildInstaller({ mode, place: place(mode) }))));
}, 60_000);
afterAll(() => rm(root, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

async function prepare(mode: InstallerMode): Promise<InstallerRun> {
  const folder = await mkdtemp(join(root, `${mode}-`));
  await writeFile(join(folder, "installer.jar"), jars.get(mode) ?? "", { mode: 0o600 });
  await mkdir(join(folder, ".temp"), { mode: 0o700 });
  if (uid !== null)
    for (const path of [folder, join(folder, "installer.jar"), join(folder, ".temp")]) await chown(path, uid, uid);
  const signal = new AbortController().signal;
  return { javaPath: "/usr/bin/java", folder, jar: "installer.jar", temp: ".temp", uid, systemEnv: {}, signal };
}

it("installs into its folder and tells what it says", async () => {
  const run = await prepare("args");
  const seen: (readonly string[])[] = [];
  await runInstaller({ ...run, onOutput: (lines) => seen.push(lines) });
  expect(seen.at(-1)?.at(-1)).toMatch(/installed successfully/);
  expect(seen[0]).toEqual([expect.stringContaining("JVM info")]);
  const file = await readFile(
    join(run.folder, "libraries/net/minecraftforge/forge/1.20.4-49.0.3/unix_args.txt"),
    "utf8",
  );
  expect(file).toContain("StandIn");
});

it("says why it failed, in its own last lines and without their colours", async () => {
  const failure: unknown = await runInstaller(await prepare("fail")).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: "INSTALL_FAILED",
    message: expect.stringContaining("connection refused"),
    details: { reason: "exit", code: 1, lines: expect.arrayContaining(["Downloading libraries"]) },
  });
});

it("ends what takes too long, prints without end or is cancelled, with all that it has started", async () => {
  const hanging = await prepare("hang");
  await expect(runInstaller({ ...hanging, timeoutMs: 1500 })).rejects.toMatchObject({
    code: "INSTALL_FAILED",
    details: { reason: "time", lines: expect.arrayContaining(["Downloading libraries 1 of 40"]) },
  });
  expect(await findInside(hanging.folder)).toEqual([]);

  const flooding = await prepare("flood");
  await expect(runInstaller({ ...flooding, maxOutputBytes: 200_000 })).rejects.toMatchObject({
    details: { reason: "output" },
  });
  expect(await findInside(flooding.folder)).toEqual([]);

  const cancelled = await prepare("hang");
  const abort = new AbortController();
  const running = runInstaller({
    ...cancelled,
    signal: abort.signal,
    onOutput: (lines) =>
      lines.some((line) => line.includes("1 of 40")) && abort.abort(new Error("not wanted any more")),
  });
  await expect(running).rejects.toThrow("not wanted any more");
  expect(await findInside(cancelled.folder)).toEqual([]);
  await expect(runInstaller({ ...cancelled, signal: abort.signal })).rejects.toThrow("not wanted any more");
});

it.runIf(isRoot)("cannot write anything outside of its folder", async () => {
  await writeFile(canary, "untouched", { mode: 0o600 });
  await expect(runInstaller(await prepare("outside"))).rejects.toMatchObject({ code: "INSTALL_FAILED" });
  expect(await readFile(canary, "utf8")).toBe("untouched");
});

it("gets nothing of our environment, and runs as its own user", async () => {
  vi.stubEnv("SECRET_KEY", "hunter2");
  const run = await prepare("environment");
  const failure = await runInstaller(run).catch((error: { details: { lines: string[] } }) => error);
  const lines = failure?.details.lines ?? [];
  const names = lines.flatMap((line) => /^env (\w+)=/.exec(line)?.[1] ?? []);
  expect(names.filter((name) => !["PWD", "OLDPWD", "SHLVL", "_"].includes(name)).sort()).toEqual([
    "HOME",
    "LANG",
    "PATH",
    "TZ",
  ]);
  expect(lines).toContain(`in ${run.folder} as ${uid ?? process.getuid?.()}`);
});

it("says so when there is nothing to run it with", async () => {
  const run = await prepare("fail");
  await expect(runInstaller({ ...run, javaPath: "/nowhere/java" })).rejects.toMatchObject({ code: "INSTALL_FAILED" });
});

it("ends when whoever started it is gone", async () => {
  const program = `
    const { spawn } = require("node:child_process");
    const child = spawn("/bin/sh", ["-c", ${JSON.stringify(installerScript)}, "x", "sleep", "600"], { cwd: process.argv[1], stdio: ["pipe", "pipe", "pipe"], detached: true });
    child.once("spawn", () => console.log("begun"));`;
  const folder = await mkdtemp(join(root, "orphan-"));
  const parent = spawn(process.execPath, ["-e", program, folder], { stdio: ["ignore", "pipe", "ignore"] });
  await once(parent.stdout, "data");
  await vi.waitFor(async () => expect((await findInside(folder)).length).toBeGreaterThan(1), 5000);
  parent.kill("SIGKILL");
  await vi.waitFor(async () => expect(await findInside(folder)).toEqual([]), 5000);
});
