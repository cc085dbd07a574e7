import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { bundleProgram } from "@/test/bundle-program";
import type { HostRef, LaunchSpec } from "../launch-strategy";
import { createHostHarness, type HostHarness, hostRefOf } from "./host-harness";

/** A program that starts a server, says its ref and then does nothing: what is left of mcsd when it comes to launching. */
const starterSource = `
import { pino } from "pino";
import { systemClock } from "@/server/clock";
import { createHostStrategy } from "@/domains/launch/server/host/create-host-strategy";
const { runRoot, spec } = JSON.parse(process.argv[2]);
const strategy = createHostStrategy({ runRoot, clock: systemClock, log: pino({ level: "silent" }), isRoot: false });
console.log("begin");
const handle = await strategy.start(spec, new AbortController().signal);
console.log(JSON.stringify(handle.ref));
setInterval(() => {}, 1000);
`;

let programs: string;
let harness: HostHarness;
beforeAll(async () => {
  programs = await mkdtemp(join(tmpdir(), "host-survival-"));
  await bundleProgram(starterSource, join(programs, "starter.mjs"));
});
afterAll(() => rm(programs, { recursive: true }));
beforeEach(async () => {
  harness = await createHostHarness({ isRoot: process.getuid?.() === 0 });
});
afterEach(() => harness.close());

function startElsewhere(spec: LaunchSpec): { starter: ChildProcess; begun: Promise<unknown>; ref: Promise<HostRef> } {
  const input = JSON.stringify({ runRoot: harness.runRoot, spec });
  const starter = spawn(process.execPath, [join(programs, "starter.mjs"), input], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: starter.stdout });
  const begun = once(lines, "line");
  const ref = begun.then(() => once(lines, "line")).then(([line]) => JSON.parse(line));
  return { starter, begun, ref };
}

async function killStarter(starter: ChildProcess) {
  starter.kill("SIGKILL");
  await once(starter, "exit");
}

it("finds a server whose mcsd was killed, talks to it and learns its exit code", async () => {
  const spec = await harness.newServer();
  const { starter, ref } = startElsewhere(spec);
  await ref;
  await vi.waitFor(async () => expect(await harness.readLog(spec.serverId)).toContain("Done ("), 15_000);
  await killStarter(starter);

  const { handle } = await harness.open().adopt(spec.serverId, await ref);
  expect(handle?.ref).toEqual(await ref);
  await expect(harness.open().start(spec, new AbortController().signal)).rejects.toMatchObject({ code: "SERVER_BUSY" });
  await handle?.write("say after the crash");
  await vi.waitFor(
    async () => expect(await harness.readLog(spec.serverId)).toContain("[Server] after the crash"),
    5000,
  );
  expect((await handle?.stats())?.memoryBytes).toBeGreaterThan(10_000_000);
  await handle?.write("exit 6");
  expect(await handle?.exited).toMatchObject({ code: 6, signal: null });
});

it("learns the exit code of a server that ended while no mcsd was there", async () => {
  const spec = await harness.newShell("read -r code; exit $code");
  const { starter, ref } = startElsewhere(spec);
  await ref;
  await killStarter(starter);
  const { handle } = await harness.open().adopt(spec.serverId, null);
  await handle?.write("44");
  handle?.release();
  await vi.waitFor(async () => expect(await harness.countProcesses(spec)).toBe(0), 5000);
  const found = await harness.open().adopt(spec.serverId, await ref);
  expect(found).toMatchObject({ handle: null, exit: { code: 44, signal: null } });
});

it("never has more than one process, whenever the mcsd that starts it is killed", async () => {
  for (const afterMs of [0, 4, 8, 12, 18, 25, 40, 80]) {
    const spec = await harness.newShell("read -r line; echo got $line");
    const { starter, begun } = startElsewhere(spec);
    await begun;
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await killStarter(starter);

    const { handle } = await harness.open().adopt(spec.serverId, null);
    const server = handle ?? (await harness.open().start(spec, new AbortController().signal));
    expect(await harness.countProcesses(spec)).toBe(2);
    await server.write("one");
    expect(await server.exited).toMatchObject({ code: 0 });
    expect(await harness.readLog(spec.serverId)).toBe("got one\n");
  }
});

it("goes on watching when the launcher was killed and the server lives", async () => {
  const spec = await harness.newShell("while read -r line; do echo got $line; done");
  const first = await harness.open().start(spec, new AbortController().signal);
  first.release();
  process.kill(hostRefOf(first).pgid, "SIGKILL");
  const { handle } = await harness.open().adopt(spec.serverId, first.ref);
  await handle?.write("hello");
  await vi.waitFor(async () => expect(await harness.readLog(spec.serverId)).toContain("got hello"), 5000);
  await expect(harness.open().start(spec, new AbortController().signal)).rejects.toMatchObject({ code: "SERVER_BUSY" });
  expect(await handle?.stop({ graceMs: 50, termMs: 5000 })).toMatchObject({ rung: "sigterm", exit: { code: null } });
  expect(await harness.countProcesses(spec)).toBe(0);
});
