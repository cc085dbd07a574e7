import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { systemClock } from "@/server/clock";
import type { HostRef } from "../launch-strategy";
import { createHostHandle } from "./host-handle";
import { createHostHarness, type HostHarness } from "./host-harness";
import { readProcessStat } from "./process-stat";
import { createSharedProcessTable } from "./process-usage";
import { readBootId } from "./read-boot-id";
import { runPaths } from "./run-paths";

let harness: HostHarness;
let innocent: ChildProcess;
beforeEach(async () => {
  harness = await createHostHarness({ isRoot: false });
  innocent = spawn("sleep", ["600"], { detached: true });
});
afterEach(async () => {
  expect(readProcessStat(innocent.pid ?? 0)?.isAlive).toBe(true);
  innocent.kill("SIGKILL");
  await harness.close();
});

const serverId = "forged";

async function writeStatus(lines: (pid: number, ticks: number, bootId: string) => string[]) {
  const paths = runPaths(harness.runRoot, serverId);
  await mkdir(paths.folder, { recursive: true });
  const pid = innocent.pid ?? 0;
  const text = lines(pid, Number(readProcessStat(pid)?.startTicks), await readBootId()).map((line) => `${line}\n`);
  await writeFile(paths.status, text.join(""));
}

it("does not take a process for the server that got its pid later", async () => {
  await writeStatus((pid, ticks, boot) => [`start ${boot}`, `shim ${pid} ${ticks - 9}`, `pid ${pid} ${ticks - 9}`]);
  const found = await harness.open().adopt(serverId, null);
  expect(found).toMatchObject({ handle: null, exit: { code: null, signal: "SIGKILL" } });
});

it("does not take a process of another boot", async () => {
  const otherBoot = "00000000-0000-4000-8000-000000000000";
  await writeStatus((pid, ticks) => [`start ${otherBoot}`, `shim ${pid} ${ticks}`, `pid ${pid} ${ticks}`]);
  const found = await harness.open().adopt(serverId, null);
  expect(found).toMatchObject({ handle: null, exit: { code: null, signal: null } });
});

it("does not take a process of another group, whatever is appended to the status file", async () => {
  await writeStatus((pid, ticks, boot) => [`start ${boot}`, "shim 4194000 1", `pid ${pid} ${ticks}`]);
  expect(await harness.open().adopt(serverId, null)).toMatchObject({ handle: null });
  await writeStatus((pid, ticks, boot) => [
    `start ${boot}`,
    "shim 4194000 1",
    "pid 4194001 1",
    `shim ${pid} ${ticks}`,
    `pid ${pid} ${ticks}`,
  ]);
  expect(await harness.open().adopt(serverId, null)).toMatchObject({ handle: null });
});

it("never signals a process that is not the one meant", async () => {
  const pid = innocent.pid ?? 0;
  const paths = runPaths(harness.runRoot, serverId);
  const ref: HostRef = { kind: "host", serverId, pid, startTicks: "1", pgid: pid, bootId: await readBootId() };
  const parts = { launcherTicks: "1", paths, clock: systemClock, readTable: createSharedProcessTable() };
  const handle = createHostHandle({ ref, ...parts });
  expect(await handle.kill()).toMatchObject({ code: null });
  expect((await handle.stop({ graceMs: 10, termMs: 10 })).exit).toMatchObject({ code: null });
});

it("believes the process rather than an exit line that it may have forged itself", async () => {
  const spec = await harness.newShell("read -r line");
  const handle = await harness.open().start(spec, new AbortController().signal);
  handle.release();
  await writeFile(runPaths(harness.runRoot, spec.serverId).status, "exit 0\n", { flag: "a" });
  const found = await harness.open().adopt(spec.serverId, null);
  expect(found.handle?.ref).toEqual(handle.ref);
  await found.handle?.kill();
});

it("finds a server by the stored ref when its run folder was lost", async () => {
  const spec = await harness.newShell("read -r line");
  const handle = await harness.open().start(spec, new AbortController().signal);
  handle.release();
  await rm(runPaths(harness.runRoot, spec.serverId).folder, { recursive: true });
  expect(await harness.open().adopt(spec.serverId, null)).toEqual({ handle: null, exit: null });
  const found = await harness.open().adopt(spec.serverId, handle.ref);
  await expect(found.handle?.write("hello")).rejects.toMatchObject({ code: "NOT_RUNNING" });
  expect(await found.handle?.kill()).toMatchObject({ code: null });
  expect(await harness.countProcesses(spec)).toBe(0);
});
