import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { systemClock } from "@/server/clock";
import { freePort } from "@/test/stand-in/free-port";
import type { LaunchHandle, LaunchSpec } from "../launch-strategy";
import { createPlainStrategy } from "./create-plain-strategy";
import { isThere, posixTable, windowsTable } from "./process-table";

let root: string;
const handles: LaunchHandle[] = [];
const never = new AbortController().signal;
const open = () =>
  createPlainStrategy({
    runRoot: join(root, "run"),
    clock: systemClock,
    log: pino({ level: "silent" }),
    table: posixTable,
    systemEnv: { PATH: "/usr/bin:/bin" },
  });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "plain-strategy-"));
});
afterEach(async () => {
  for (const { ref } of handles.splice(0)) if (ref.kind === "host") await posixTable.endTree(ref.pid);
  await rm(root, { recursive: true, force: true });
});

async function newShell(program: string): Promise<LaunchSpec> {
  const serverId = randomUUID();
  const folder = join(root, "servers", serverId);
  await mkdir(folder, { recursive: true });
  const gamePort = await freePort();
  const programArgs = ["-c", program];
  return { serverId, folder, javaPath: "/bin/sh", jvmArgs: [], programArgs, memoryMb: 64, gamePort, uid: null };
}
async function start(spec: LaunchSpec, signal = never): Promise<LaunchHandle> {
  const handle = await open().start(spec, signal);
  handles.push(handle);
  return handle;
}
const readLog = (spec: LaunchSpec) => readFile(join(root, "run", spec.serverId, "console.log"), "utf8");

it("starts, keeps the output, tells the exit code, and starts again with the log going on", async () => {
  const spec = await newShell("echo hello; env; exit 7");
  expect(await open().preflight(spec)).toEqual([]);
  expect(await (await start(spec)).exited).toMatchObject({ code: 7, signal: null });
  const before = await readLog(spec);
  expect(before).toContain("hello");
  expect(before).not.toContain("SECRET");
  await vi.waitFor(async () => expect(await open().adopt(spec.serverId, null)).toMatchObject({ exit: { code: 7 } }));
  await (await start(spec)).exited;
  expect((await readLog(spec)).startsWith(before)).toBe(true);
});

it("makes one process of many concurrent starts", async () => {
  const spec = await newShell("echo one; sleep 60");
  const strategy = open();
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => strategy.start(spec, never)));
  const started = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  handles.push(...started);
  expect(started).toHaveLength(1);
  await vi.waitFor(async () => expect(await readLog(spec)).toBe("one\n"));
  await expect(open().start(spec, never)).rejects.toMatchObject({ code: "SERVER_BUSY" });
});

it("finds a running server again, and ends it with all that it started", async () => {
  const spec = await newShell("sleep 61 & echo $!; wait");
  const first = await start(spec);
  first.release();
  const { handle } = await open().adopt(spec.serverId, first.ref);
  expect(handle?.ref).toEqual(first.ref);
  const child = Number(
    await vi.waitFor(async () => {
      const text = (await readLog(spec)).trim();
      expect(text).toMatch(/^\d+$/);
      return text;
    }),
  );
  expect(await handle?.kill()).toMatchObject({ code: null, signal: "SIGKILL" });
  await vi.waitFor(() => expect(isThere(child)).toBe(false), 5000);
  expect(await open().adopt(spec.serverId, null)).toMatchObject({ handle: null });
});

it("asks by the better way, then SIGTERM, and takes no lines", async () => {
  const asked = await start(await newShell("trap 'exit 0' USR1; while :; do sleep 0.05; done"));
  await expect(asked.write("stop")).rejects.toMatchObject({ code: "STATE_CONFLICT" });
  const pid = asked.ref.kind === "host" ? asked.ref.pid : 0;
  const askNicely = async () => process.kill(pid, "SIGUSR1");
  expect(await asked.stop({ graceMs: 5000, termMs: 5000, askNicely })).toMatchObject({
    rung: "asked",
    exit: { code: 0 },
  });
  const deaf = await start(await newShell("sleep 62"));
  expect(await deaf.stop({ graceMs: 50, termMs: 5000 })).toMatchObject({
    rung: "sigterm",
    exit: { signal: "SIGTERM" },
  });
});

it("never takes another process for its own", async () => {
  const spec = await newShell("sleep 63");
  const { ref } = await start(spec);
  const note = { pid: ref.kind === "host" ? ref.pid : 0, startedAt: "Sat Jan  1 00:00:00 2000", exit: null };
  await writeFile(join(root, "run", spec.serverId, "process.json"), JSON.stringify(note));
  expect(await open().adopt(spec.serverId, ref)).toMatchObject({ handle: null, exit: { code: null } });
  expect(isThere(note.pid)).toBe(true);
});

it("leaves nothing behind when a start is aborted or the program is not there", async () => {
  const spec = await newShell("sleep 64");
  await expect(open().start(spec, AbortSignal.abort())).rejects.toMatchObject({ code: "JOB_CANCELLED" });
  const late = new AbortController();
  const starting = open().start(spec, late.signal);
  late.abort();
  await expect(starting).rejects.toMatchObject({ code: "JOB_CANCELLED" });
  await expect(open().start({ ...spec, javaPath: "/nowhere/java" }, never)).rejects.toMatchObject({
    code: "START_FAILED",
  });
  expect(await open().adopt(spec.serverId, null)).toEqual({ handle: null, exit: null });
  await open().forget(spec.serverId);
});

it("asks Windows' own programs, with a number and nothing else", async () => {
  const calls: string[][] = [];
  const table = windowsTable(async (file, args) => {
    calls.push([file, ...args]);
    return "133770000000000000";
  });
  expect(await table.startedAt(4711)).toBe("133770000000000000");
  await table.endTree(4711);
  expect(calls).toEqual([
    ["powershell.exe", "-NoProfile", "-NonInteractive", "-Command", "(Get-Process -Id 4711).StartTime.ToFileTimeUtc()"],
    ["taskkill.exe", "/PID", "4711", "/T", "/F"],
  ]);
});
