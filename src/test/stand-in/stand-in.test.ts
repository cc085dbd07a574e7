import { execFile } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { buildStandIn } from "./build-stand-in";
import { type StandIn, type StandInOptions, startStandIn } from "./start-stand-in";

const started: StandIn[] = [];

async function start(options?: StandInOptions): Promise<StandIn> {
  const server = await startStandIn(options);
  started.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.dispose()));
});

it("is compiled once and not again", async () => {
  const jar = await buildStandIn();
  expect(path.isAbsolute(jar)).toBe(true);
  expect((await stat(jar)).size).toBeGreaterThan(1000);
});

it("can claim to need a newer Java", async () => {
  const jar = await buildStandIn({ classVersion: 99 });
  const refused = await promisify(execFile)("java", ["-jar", jar], { cwd: tmpdir() }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("(class file version 99.0)") });
});

describe("start and stop", () => {
  it("prints vanilla's lines in vanilla's order, to both places, and leaves a world", async () => {
    const server = await start();
    await server.line("RCON running on 127.0.0.1");
    server.type("stop");
    expect(await server.exited).toEqual({ code: 0, signal: null });
    const messages = server.lines.map((line) => line.replace(/^\[\d\d:\d\d:\d\d\] \[[^\]]+\/INFO\]: /, ""));
    const at = (text: string) => messages.findIndex((message) => message.startsWith(text));
    const order = [
      "Starting minecraft",
      "Starting Minecraft server on *",
      'Preparing level "world"',
      "Done (",
      "RCON running",
    ];
    expect(order.map(at)).toEqual(order.map(at).toSorted((a, b) => a - b));
    expect(at("Done (")).toBeGreaterThan(0);
    expect(messages).toContain("Stopping the server");
    expect(messages).toContain("ThreadedAnvilChunkStorage: All dimensions are saved");
    expect(await readFile(path.join(server.folder, "logs/latest.log"), "utf8")).toBe(`${server.lines.join("\n")}\n`);
    expect((await readdir(path.join(server.folder, "world"))).sort()).toEqual([
      "level.dat",
      "level.dat_old",
      "region",
      "session.lock",
    ]);
  });

  it("ends without an EULA, with exit code 0 and the file to edit", async () => {
    const server = await start({ hasEula: false });
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(server.lines.map((line) => line.slice(11))).toEqual([
      "[ServerMain/WARN]: Failed to load eula.txt",
      "[ServerMain/INFO]: You need to agree to the EULA in order to run the server. Go to eula.txt for more info.",
    ]);
    expect(await readFile(path.join(server.folder, "eula.txt"), "utf8")).toContain("eula=false");
  });

  it("saves and exits with 143 on SIGTERM", async () => {
    const server = await start();
    await server.line("RCON running");
    server.child.kill("SIGTERM");
    expect(await server.exited).toEqual({ code: 143, signal: null });
    expect(server.lines.at(-2)).toContain("All dimensions are saved");
  });

  it("ignores stop and TERM when told to", async () => {
    const server = await start({ behaviour: { "ignore.stop": true, "ignore.term": true } });
    await server.line("RCON running");
    server.type("stop");
    await server.line("Stopping the server");
    server.child.kill("SIGTERM");
    server.type("say still here");
    await server.line("[Server] still here");
    server.child.kill("SIGKILL");
    expect(await server.exited).toEqual({ code: null, signal: "SIGKILL" });
  });
});

describe("failures", () => {
  it("finds its port taken", async () => {
    const first = await start();
    await first.line("Done (");
    const second = await start({ properties: { "server-port": first.gamePort } });
    expect((await second.exited).code).toBe(1);
    expect(second.lines.some((line) => line.endsWith("**** FAILED TO BIND TO PORT!"))).toBe(true);
  });

  it("finds its world locked", async () => {
    const first = await start();
    await first.line("Done (");
    const second = await start({ folder: first.folder });
    await second.exited;
    const lock = path.join(first.folder, "world/session.lock");
    expect(second.lines.at(-1)).toBe(
      `net.minecraft.util.DirectoryLock$LockException: ${lock}: already locked (possibly by other Minecraft instance?)`,
    );
  });

  it("crashes with a report, in the middle of the start too", async () => {
    const server = await start({ behaviour: { "crash.at.start": "crash" } });
    expect((await server.exited).code).toBe(1);
    const [report] = await readdir(path.join(server.folder, "crash-reports"));
    expect(report).toMatch(/^crash-\d{4}-\d\d-\d\d_\d\d\.\d\d\.\d\d-server\.txt$/);
  });

  it("runs out of memory for real", async () => {
    const server = await start({ jvmArgs: ["-XX:+ExitOnOutOfMemoryError"] });
    server.type("oom");
    expect((await server.exited).code).toBe(3);
    expect(server.lines.at(-1)).toBe("Terminating due to java.lang.OutOfMemoryError: Java heap space");
  });
});

it("writes a line of 50 MB in constant memory", async () => {
  const server = await start({ jvmArgs: ["-Xmx16m"] });
  server.type("longline 50000000");
  server.type("stop");
  expect((await server.exited).code).toBe(0);
  expect(Math.max(...server.lines.map((line) => line.length))).toBeGreaterThanOrEqual(50_000_000);
});
