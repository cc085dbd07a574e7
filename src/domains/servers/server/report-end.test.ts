import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { systemClock } from "@/server/clock";
import { AppError } from "@/server/errors";
import { reportEnd, reportFailedStart } from "./report-end";
import type { ServerRecord } from "./repository";
import { type TrackedServer, trackServer } from "./tracked-server";

const exit = { code: 1, signal: null, outOfMemory: false, at: new Date().toISOString() };
const first = "[12:00:00] [Server thread/INFO]: Starting minecraft server version 1.21.11";
const outOfMemory = "Terminating due to java.lang.OutOfMemoryError: Java heap space";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "report-end-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function report(lines: string[], changes: Partial<TrackedServer> = {}) {
  const consoleLog = join(folder, "console.log");
  await writeFile(consoleLog, lines.map((line) => `${line}\n`).join(""));
  const tracked = Object.assign(trackServer({ state: "running" } as ServerRecord), changes);
  return reportEnd(tracked, exit, { serverFolder: folder, consoleLog });
}

it("blames a launch only for its own lines", async () => {
  const earlier = [first, outOfMemory];
  const own = [first, "[12:00:09] [Server thread/ERROR]: Encountered an unexpected exception"];
  const firstLine = String(earlier.join("\n").length + 1);
  expect((await report([...earlier, ...own], { firstLine })).cause).toBe("crash_report");
  expect((await report([...earlier, ...own], { firstLine: null })).cause).toBe("crash_report");
  expect((await report(earlier, { firstLine: null })).cause).toBe("out_of_memory_heap");
  expect((await report([outOfMemory], { firstLine: null })).cause).toBe("out_of_memory_heap");
});

it("reads the crash report of this launch, not that of the one before", async () => {
  await mkdir(join(folder, "crash-reports"));
  const path = join(folder, "crash-reports", "crash-2026-01-01_00.00.00-server.txt");
  await writeFile(path, "Description: Ticking entity\n\njava.lang.NullPointerException: x\n\tat a.b(C.java:1)\n");
  const launchedAt = new Date(Date.now() - 1000);
  const crashed = await report([first], { launchedAt });
  expect(crashed).toMatchObject({ cause: "crash_report", crashReport: "crash-2026-01-01_00.00.00-server.txt" });
  expect(crashed.params.description).toBe("Ticking entity: java.lang.NullPointerException: x");
  const before = new Date(launchedAt.getTime() - 500);
  await utimes(path, before, before);
  expect(await report([first], { launchedAt })).toMatchObject({ cause: "unknown", crashReport: null });
});

it("holds no text that the database could not", async () => {
  const { evidence } = await report([first, "[12:00:09] [Server thread/ERROR]: a\u0000b"]);
  expect(evidence.join()).toContain("a\ufffdb");
});

it("tells a wanted end from a crash", async () => {
  expect(await report([first])).toMatchObject({ isCrash: true });
  const asked = { by: { kind: "user", name: "admin" }, how: "stop" } as const;
  expect(await report([first], { asked })).toMatchObject({ isCrash: false, cause: "stopped_by_command" });
});

it.each([
  [new AppError("PORT_TAKEN", "x", { port: 1, holder: null }), "port_taken"],
  [new AppError("START_FAILED", "x", { problem: "NOT_ENOUGH_MEMORY" }), "not_enough_memory"],
  [new AppError("START_FAILED", "x", { problem: "FOLDER_UNREACHABLE" }), "never_ran"],
  [new Error("secret detail"), "never_ran"],
])("gives a start that never had a process its cause: %s", (error, cause) => {
  const end = reportFailedStart(error, systemClock);
  expect(end).toMatchObject({ cause, isCrash: false });
  expect(JSON.stringify(end)).not.toContain("secret detail");
});
