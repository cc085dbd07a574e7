import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { buildStandIn } from "@/test/stand-in/build-stand-in";
import { type StandIn, type StandInOptions, startStandIn } from "@/test/stand-in/start-stand-in";
import { explainExit } from "./explain-exit";

const started: StandIn[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.dispose()));
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

async function start(options?: StandInOptions): Promise<StandIn> {
  const server = await startStandIn(options);
  started.push(server);
  return server;
}

/** What the supervisor would say about the end of this stand-in. */
async function explainEnd(server: StandIn, phase: "starting" | "running" = "starting") {
  const { code, signal } = await server.exited;
  const reports = path.join(server.folder, "crash-reports");
  const [name] = await readdir(reports).catch(() => []);
  const crashReport = name === undefined ? null : await readFile(path.join(reports, name), "utf8");
  const exit = { code, signal, outOfMemory: false, at: new Date().toISOString() };
  return explainExit({ exit, lines: server.lines, crashReport, phase, stopAsked: false });
}

/** A JVM that does not get as far as the program. */
async function explainJava(...args: string[]) {
  const folder = await mkdtemp(path.join(tmpdir(), "java-"));
  folders.push(folder);
  await writeFile(path.join(folder, "corrupt.jar"), "PK\x03\x04 and then nonsense");
  const child = spawn("java", args, { cwd: folder });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const [code, signal] = await once(child, "close");
  const exit = { code, signal, outOfMemory: false, at: new Date().toISOString() };
  return explainExit({ exit, lines: output.split("\n"), crashReport: null, phase: "starting", stopAsked: false });
}

it("tells the ends of a real process apart", async () => {
  expect(await explainEnd(await start({ hasEula: false }))).toMatchObject({ cause: "eula" });

  const first = await start();
  await first.line("RCON running");
  const second = await start({ properties: { "server-port": first.gamePort } });
  expect(await explainEnd(second)).toMatchObject({ cause: "port_taken", params: { port: first.gamePort } });
  expect(await explainEnd(await start({ folder: first.folder }))).toMatchObject({ cause: "world_locked" });

  first.type("stop");
  expect(await explainEnd(first, "running")).toMatchObject({ cause: "stopped_from_outside" });
});

it.each([
  [
    "crash boom",
    [],
    "crash_report",
    { description: "Exception in server tick loop: java.lang.IllegalStateException: boom" },
  ],
  ["oom", ["-XX:+ExitOnOutOfMemoryError"], "out_of_memory_heap", { kind: "Java heap space" }],
  ["oom", [], "out_of_memory_heap", { kind: "Java heap space" }],
  ["exit 42", [], "unknown", { code: 42 }],
])("tells crashes apart: %s %j", async (command, jvmArgs, cause, params) => {
  const server = await start({ jvmArgs });
  server.type(command);
  expect(await explainEnd(server, "running")).toMatchObject({ cause, params });
});

it("names the signal that ended it", async () => {
  const servers = [await start(), await start()];
  await Promise.all(servers.map((server) => server.line("RCON running")));
  servers[0]?.child.kill("SIGTERM");
  servers[1]?.child.kill("SIGKILL");
  const ends = await Promise.all(servers.map((server) => explainEnd(server, "running")));
  expect(ends).toMatchObject([
    { cause: "killed", params: { signal: "SIGTERM" } },
    { cause: "killed", params: { signal: "SIGKILL" } },
  ]);
});

it("understands a JVM that refuses", async () => {
  const jar = await buildStandIn({ classVersion: 99 });
  expect(await explainJava("-jar", jar)).toMatchObject({ cause: "wrong_java", params: { needed: 55 } });
  expect(await explainJava("-jar", "none.jar")).toMatchObject({ cause: "jar_missing", params: { file: "none.jar" } });
  expect(await explainJava("-jar", "corrupt.jar")).toMatchObject({
    cause: "jar_corrupt",
    params: { file: "corrupt.jar" },
  });
  expect(await explainJava("-XX:+NoSuchThing", "-version")).toMatchObject({
    cause: "bad_jvm_option",
    params: { option: "NoSuchThing" },
  });
  expect(await explainJava("-Xmx9x", "-version")).toMatchObject({
    cause: "bad_jvm_option",
    params: { option: "-Xmx9x" },
  });
});
