import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createHostHarness, type HostHarness, hostRefOf } from "./host-harness";
import { runPaths } from "./run-paths";
import { isLocked, isOpenElsewhere } from "./take-lock";

const never = new AbortController().signal;
let harness: HostHarness;
beforeEach(async () => {
  harness = await createHostHarness({ isRoot: false });
});
afterEach(() => harness.close());

it("gives the server an environment of four variables and nothing of mcsd's", async () => {
  vi.stubEnv("SECRET_KEY", "not for servers");
  try {
    const spec = await harness.newServer();
    const ref = hostRefOf(await harness.open().start(spec, never));
    const entries = (await readFile(`/proc/${ref.pid}/environ`, "utf8")).split("\0").filter((entry) => entry !== "");
    expect(entries.sort()).toEqual([
      `HOME=${spec.folder}`,
      "LANG=C.UTF-8",
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      "TZ=UTC",
    ]);
  } finally {
    vi.unstubAllEnvs();
  }
});

it("costs at most 5 MB beside the server", async () => {
  const ref = hostRefOf(await harness.open().start(await harness.newShell("read -r line"), never));
  const kilobytes = (text: string, name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1]);
  const memory = await readFile(`/proc/${ref.pgid}/smaps_rollup`, "utf8");
  expect(kilobytes(memory, "Rss")).toBeLessThan(5 * 1024);
  expect(kilobytes(memory, "Rss")).toBeGreaterThan(0);
  const group = (await readdir("/proc")).filter((pid) => /^\d+$/.test(pid));
  const stats = await Promise.all(group.map((pid) => readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")));
  expect(stats.filter((stat) => stat.split(") ")[1]?.split(" ")[2] === String(ref.pgid))).toHaveLength(2);
});

it("adds less than 50 ms to a bare spawn", async () => {
  const program = ["-c", "date +%s%N"];
  const now = () => performance.timeOrigin + performance.now();
  const spec = await harness.newShell("date +%s%N");
  const added: number[] = [];
  for (let round = 0; round < 11; round++) {
    const before = now();
    await (await harness.open().start(spec, never)).exited;
    const viaHost = Number((await harness.readLog(spec.serverId)).trim().split("\n").at(-1)) / 1e6 - before;
    const bareBefore = now();
    const child = spawn("/bin/sh", program);
    const [data] = await once(child.stdout, "data");
    added.push(viaHost - (Number(data) / 1e6 - bareBefore));
  }
  // Not the median: other tests may keep this machine busy.
  expect(added.sort((a, b) => a - b)[2]).toBeLessThan(50);
});

it("fails with the reason when Java cannot be executed or the folder is missing, and leaves nothing", async () => {
  const spec = await harness.newShell("read -r line");
  const paths = runPaths(harness.runRoot, spec.serverId);
  const notExecutable = join(spec.folder, "java");
  await copyFile("/bin/sh", notExecutable);
  for (const broken of [
    { ...spec, javaPath: join(harness.root, "missing-java") },
    { ...spec, javaPath: spec.folder },
    { ...spec, folder: join(harness.root, "nowhere") },
  ]) {
    await expect(harness.open().start(broken, never)).rejects.toMatchObject({ code: "START_FAILED" });
    expect(await isLocked(paths.lock)).toBe(false);
  }
  expect(await harness.readLog(spec.serverId)).toContain("missing-java");
  expect(await harness.countProcesses(spec)).toBe(0);
  await (await harness.open().start(spec, never)).kill();
});

it("takes a program that ends at once for started, and knows its exit code", async () => {
  for (let round = 0; round < 10; round++) {
    const handle = await harness.open().start(await harness.newShell("exit 3"), never);
    expect(await handle.exited).toMatchObject({ code: 3 });
  }
});

it("leaves neither process nor lock, at whatever moment a start is aborted", async () => {
  const spec = await harness.newShell("read -r line");
  const outcomes = new Set<string>();
  for (let afterMs = 0; afterMs < 16; afterMs += 0.5) {
    const abort = new AbortController();
    const start = harness.open().start(spec, abort.signal);
    setTimeout(() => abort.abort(), afterMs);
    const handle = await start.catch((error: { code: string }) => outcomes.add(error.code) && null);
    if (handle) outcomes.add("started");
    await handle?.kill();
    expect(await harness.countProcesses(spec)).toBe(0);
    expect(await isLocked(runPaths(harness.runRoot, spec.serverId).lock)).toBe(false);
  }
  outcomes.delete("started");
  expect([...outcomes]).toEqual(["JOB_CANCELLED"]);
});

it("ends the server's own children with it, in every way of ending", async () => {
  for (const end of ["exit", "kill", "stop"] as const) {
    const spec = await harness.newServer();
    const handle = await harness.open().start(spec, never);
    await handle.write("spawn");
    await vi.waitFor(async () => expect(await harness.countProcesses(spec)).toBe(3), 15_000);
    if (end === "exit") await handle.write("exit 1");
    if (end === "kill") await handle.kill();
    if (end === "stop") await handle.stop({ graceMs: 5000, termMs: 5000 });
    await handle.exited;
    expect(await harness.countProcesses(spec)).toBe(0);
  }
});

it("does not wait for a server that has stopped reading its console", async () => {
  const spec = await harness.newShell("exec sleep 600");
  const handle = await harness.open().start(spec, never);
  const long = "x".repeat(4000);
  const results: string[] = [];
  for (let line = 0; line < 20; line++) {
    results.push(
      await handle.write(long).then(
        () => "written",
        (error: { code: string }) => error.code,
      ),
    );
  }
  expect(results.filter((result) => result === "written").length).toBeGreaterThanOrEqual(16);
  expect(results.at(-1)).toBe("STATE_CONFLICT");
  await expect(handle.write("x".repeat(4096))).rejects.toMatchObject({ code: "COMMAND_INVALID" });
});

it("can also tell from the open files that a server has its lock", async () => {
  const spec = await harness.newShell("read -r line");
  const { lock } = runPaths(harness.runRoot, spec.serverId);
  const handle = await harness.open().start(spec, never);
  expect(await isOpenElsewhere(lock)).toBe(true);
  await handle.kill();
  expect(await isOpenElsewhere(lock)).toBe(false);
});
