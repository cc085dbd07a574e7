import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { systemClock } from "@/server/clock";
import { createSealer } from "@/server/crypto/seal";
import { createFakeStrategy, type FakeStrategy } from "../../launch/server/fake-strategy";
import type { LaunchStrategy } from "../../launch/server/launch-strategy";
import { rconPlace } from "./prepare-launch";
import type { ServerRecord } from "./repository";
import { killProcess, launchProcess } from "./run-process";
import { type TrackedServer, trackServer } from "./tracked-server";

const by = { kind: "user", name: "steve" } as const;
const sealer = createSealer("a secret key of thirty-two letters or more");
let folder: string;
let fake: FakeStrategy;
let tracked: TrackedServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcsd-test-run-"));
  await writeFile(join(folder, "server.jar"), "jar");
  await writeFile(join(folder, "eula.txt"), "eula=true\n");
  const rconPassword = sealer.seal("secret", rconPlace("a"));
  const record = { id: "a", type: "custom", jar: null, launchKind: "host", port: 1, rconPort: 2, jvmArgs: [] };
  tracked = trackServer({
    ...record,
    requiredJava: 17,
    memoryMb: 128,
    state: "stopped",
    rconPassword,
    managementPort: null,
  } as never);
  fake = createFakeStrategy();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** As much of the supervisor as a start and a kill touch, over the given strategy. */
function parts(strategy: LaunchStrategy) {
  const waiters = new Set<() => void>();
  const wake = () => {
    for (const waiter of waiters) waiter();
  };
  const to = (state: ServerRecord["state"]) => {
    tracked.record.state = state;
    wake();
  };
  const recorder = {
    record: async (_tracked: TrackedServer, change: { to: ServerRecord["state"] }) => to(change.to),
    note: async () => {},
    publish: () => {},
  };
  const deps = {
    clock: systemClock,
    sealer,
    uidBase: null,
    dataDir: { paths: { serverFolder: () => folder } },
    java: { resolve: async () => ({ major: 17, path: "/usr/bin/java" }) },
    strategies: { host: strategy },
    consoleLog: async () => ({ path: join(folder, "console.log"), size: 0 }),
    log: { error() {} },
  };
  const attach: Parameters<typeof launchProcess>[0]["attach"] = (server, handle) => {
    server.handle = handle;
    server.ended = handle.exited.then(() => {
      server.handle = null;
      to("stopped");
    });
  };
  const ours = { portHolder: () => null, rcon: () => ({}), beforeLaunch: async () => {} };
  const run = { deps, recorder, attach, wake, ...ours } as never;
  const settled = () =>
    new Promise<void>((resolve) => {
      const check = () => tracked.record.state === "stopped" && !tracked.launching && resolve();
      waiters.add(check);
      check();
    });
  return { run, settled };
}

it("kills a process that came to be in the moment in which its start was broken off", async () => {
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  // As a real start does that has looked at its signal for the last time.
  const deaf: LaunchStrategy = {
    ...fake,
    start: async (spec, signal) => {
      const handle = await fake.start(spec, new AbortController().signal);
      begun();
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      return handle;
    },
  };
  const { run, settled } = parts(deaf);
  const starting = launchProcess(run, tracked, { by, onProgress: () => undefined });
  await beginning;
  await killProcess(tracked, by, settled);
  await starting;
  expect(tracked.record.state).toBe("stopped");
  expect(fake.running("a")).toBeNull();
});

it("leaves alone what was started and not killed", async () => {
  const { run } = parts(fake);
  await launchProcess(run, tracked, { by, onProgress: () => undefined });
  await systemClock.sleep(20);
  expect(fake.running("a")).not.toBeNull();
});
