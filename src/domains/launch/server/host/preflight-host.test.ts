import { rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { totalmem } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { LaunchSpec } from "../launch-strategy";
import { createHostHarness, type HostHarness } from "./host-harness";

let harness: HostHarness;
let spec: LaunchSpec;
const servers: Server[] = [];
beforeEach(async () => {
  harness = await createHostHarness({ isRoot: false });
  spec = await harness.newServer();
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await harness.close();
});

const problems = async (change: Partial<LaunchSpec> = {}) =>
  (await harness.open().preflight({ ...spec, ...change })).map(({ code }) => code);

it("finds nothing wrong with a server that can start, and leaves the port free", async () => {
  expect(await problems()).toEqual([]);
  expect(await problems()).toEqual([]);
});

it("finds a missing Java and a missing or empty jar", async () => {
  expect(await problems({ javaPath: join(harness.root, "missing-java") })).toEqual(["JAVA_NOT_FOUND"]);
  expect(await problems({ javaPath: spec.folder })).toEqual(["JAVA_NOT_FOUND"]);
  await writeFile(join(spec.folder, "server.jar"), "");
  expect(await problems()).toEqual(["JAR_MISSING"]);
  await rm(join(spec.folder, "server.jar"));
  expect(await problems()).toEqual(["JAR_MISSING"]);
  expect(await problems({ programArgs: ["@libraries/unix_args.txt", "nogui"] })).toEqual([]);
});

it.each(["0.0.0.0", "::", "127.0.0.1", "::1"])("finds the port taken on %s", async (host) => {
  const server = createServer();
  servers.push(server);
  const isListening = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false));
    server.listen({ port: spec.gamePort, host }, () => resolve(true));
  });
  // A machine without IPv6 has nothing to find there.
  expect(await problems()).toEqual(isListening ? ["PORT_TAKEN"] : []);
});

it("finds more memory asked for than the machine has, and counts nothing less as a problem", async () => {
  const totalMb = Math.floor(totalmem() / 1024 / 1024);
  expect(await problems({ memoryMb: totalMb * 2 })).toEqual(["NOT_ENOUGH_MEMORY"]);
  expect(await problems({ memoryMb: Math.floor(totalMb / 2) })).toEqual([]);
});

it("finds the server running, and then does not call its own port taken", async () => {
  const handle = await harness.open().start(spec, new AbortController().signal);
  expect(await problems()).toEqual(["ALREADY_RUNNING"]);
  await handle.kill();
  expect(await problems()).toEqual([]);
});

it("refuses a server id that is no plain name", async () => {
  for (const serverId of ["../other", "a/b", "", ".", "a\u0000b"]) {
    const changed = { ...spec, serverId };
    await expect(harness.open().start(changed, new AbortController().signal)).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    await expect(harness.open().forget(serverId)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  }
});
