// Longer than 250 lines: one program runs through every cause in turn, which reads better whole.
import { once } from "node:events";
import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EndReport, Server } from "@/domains/servers/contract";
import type { ExitCause } from "@/domains/servers/exit-cause";
import type { ErrorBody } from "@/lib/error-codes";
import type { Client } from "@/trpc/node-client";
import { killIfThere, type Program, startProgram } from "./program";
import { findInside } from "./program-remains";
import {
  addServer,
  findJvms,
  folderOf,
  quickJvm,
  type ServerOptions,
  untilEndIsTold,
  untilState,
} from "./program-servers";
import { buildStandIn } from "./stand-in/build-stand-in";

const once1 = { timeout: 90_000 };
let program: Program;
let admin: Client;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
});
afterAll(() => program?.end());

/** A server that is not started again by itself. */
async function addMortal(options: ServerOptions = {}): Promise<Server> {
  const { id } = await addServer(program, admin, options);
  return admin.servers.update.mutate({ serverId: id, crashPolicy: { restart: false, maxTries: 1, windowMinutes: 1 } });
}

async function addRunning(options?: ServerOptions): Promise<Server> {
  const { id } = await addMortal(options);
  return admin.servers.start.mutate({ serverId: id, wait: true });
}

/** The end as the server, its timeline and its processes tell it. */
async function endOf(serverId: string, cause: ExitCause): Promise<EndReport> {
  const { lastEnd } = await untilState(admin, serverId, "stopped", 60_000);
  expect(lastEnd).toMatchObject({ cause });
  const [last] = (await untilEndIsTold(admin, serverId)).filter(({ kind }) => kind === "state");
  expect(last).toMatchObject({ detail: { cause } });
  expect(await findInside(folderOf(program, serverId))).toEqual([]);
  if (!lastEnd) throw new Error("There is no report");
  return lastEnd;
}

/** Starts it and gives the error that a waiting caller hears. */
async function failedStart(serverId: string): Promise<ErrorBody> {
  const error = await admin.servers.start.mutate({ serverId, wait: true }).then(
    () => Promise.reject(new Error("It started")),
    (thrown: { data?: { error: ErrorBody } }) => thrown.data?.error,
  );
  if (!error) throw new Error("The failure has no form");
  return error;
}

async function addCustom(jar: Buffer): Promise<string> {
  const { id } = await addServer(program, admin, { type: "custom", version: "mine", javaMajor: null });
  await writeFile(folderOf(program, id, "server.jar"), jar);
  await admin.servers.update.mutate({ serverId: id, javaMajor: await ownJava() });
  return id;
}

async function ownJava(): Promise<number> {
  const versions = await admin.versions.list.query({ type: "vanilla" });
  return versions.find(({ version }) => version === program.version)?.javaMajor ?? 0;
}

describe.concurrent("a process that ended", once1, () => {
  it("by a kill from outside", async () => {
    const { id } = await addRunning();
    for (const pid of await findJvms(program, id)) killIfThere(pid);
    const end = await endOf(id, "killed");
    expect(end).toMatchObject({ isCrash: true, exit: { signal: "SIGKILL" }, params: { signal: "SIGKILL" } });
    expect((await admin.servers.get.query({ serverId: id })).desiredState).toBe("stopped");
  });

  it("by a crash, with its report", async () => {
    const { id } = await addRunning();
    await admin.console.command.mutate({ serverId: id, command: "crash the \u00fcber crash" }).catch(() => {});
    const end = await endOf(id, "crash_report");
    expect(end.isCrash).toBe(true);
    expect(end.crashReport).toMatch(/^crash-.*-server\.txt$/);
    expect(String(end.params.description)).toContain("the über crash");
  });

  it("for lack of heap", async () => {
    const { id } = await addRunning();
    await admin.console.command.mutate({ serverId: id, command: "oom" }).catch(() => {});
    const end = await endOf(id, "out_of_memory_heap");
    expect(end).toMatchObject({ isCrash: true, exit: { code: 3 } });
  });

  it("by /stop in the game, which nobody undoes", async () => {
    const { id } = await addServer(program, admin);
    await admin.servers.start.mutate({ serverId: id, wait: true });
    await admin.console.command.mutate({ serverId: id, command: "stop" }).catch(() => {});
    const end = await endOf(id, "stopped_from_outside");
    expect(end.isCrash).toBe(false);
    expect(await admin.servers.get.query({ serverId: id })).toMatchObject({ desiredState: "stopped", retryAt: null });
  });

  it("with NUL in its last words", async () => {
    const { id } = await addMortal({ behaviour: { "crash.at.start": "crash a\\u0000b \\ud83c\\udf0d" } });
    await admin.servers.start.mutate({ serverId: id }).catch(() => {});
    const end = await endOf(id, "crash_report");
    expect(String(end.params.description)).toContain("a\ufffdb \u{1f30d}");
  });
});

describe.concurrent("a start that fails", once1, () => {
  it("its port is another program's", async () => {
    const { id, port } = await addMortal();
    const other = createServer().listen(port, "0.0.0.0");
    await once(other, "listening");
    expect(await failedStart(id)).toMatchObject({ code: "PORT_TAKEN", details: { port, holder: null } });
    expect((await endOf(id, "port_taken")).params.port).toBe(port);
    other.close();
    expect((await admin.servers.start.mutate({ serverId: id, wait: true })).state).toBe("running");
  });

  it("its port is another server's: refused long before, by name", async () => {
    const first = await addMortal({ name: "Holder of the port" });
    const second = await addMortal();
    const taken = { data: { error: { code: "PORT_TAKEN", details: { holder: "Holder of the port" } } } };
    const change = admin.servers.update.mutate({ serverId: second.id, port: first.port });
    await expect(change).rejects.toMatchObject(taken);
    await expect(addServer(program, admin, { port: first.port })).rejects.toMatchObject(taken);
  });

  it("nobody agreed to the EULA", async () => {
    const { id } = await addMortal({ acceptEula: false });
    await expect(readFile(folderOf(program, id, "eula.txt"))).rejects.toThrow("ENOENT");
    expect((await failedStart(id)).code).toBe("EULA_NOT_ACCEPTED");
    await endOf(id, "eula");
    await expect(readFile(folderOf(program, id, "eula.txt"))).rejects.toThrow("ENOENT");
  });

  it("its Java is not there", async () => {
    program.upstreams.addVersion({ id: "99.1", javaMajor: 99 });
    await admin.versions.refresh.mutate({ type: "vanilla" });
    const creation = addServer(program, admin, { name: "Too new", version: "99.1" });
    await expect(creation).rejects.toMatchObject({
      data: { error: { code: "JAVA_NOT_FOUND", details: { required: 99 } } },
    });
    expect((await admin.servers.list.query()).map(({ name }) => name)).not.toContain("Too new");

    const { id } = await addServer(program, admin, { type: "custom", version: "26.9", javaMajor: null });
    await copyFile(await buildStandIn(), folderOf(program, id, "server.jar"));
    const { requiredJava } = await admin.servers.get.query({ serverId: id });
    const javas = await admin.servers.listJava.query();
    if (javas.some(({ major }) => major === requiredJava)) return;
    expect(await failedStart(id)).toMatchObject({ code: "JAVA_NOT_FOUND", details: { required: requiredJava } });
    await endOf(id, "java_not_found");
  });

  it("its jar wants a newer Java", async () => {
    const id = await addCustom(await readFile(await buildStandIn({ classVersion: 99 })));
    expect(await failedStart(id)).toMatchObject({ code: "START_FAILED", details: { cause: "wrong_java" } });
    expect((await endOf(id, "wrong_java")).params).toMatchObject({ needed: 55, have: await ownJava() });
  });

  it("its jar is missing", async () => {
    const { id } = await addMortal();
    await rm(folderOf(program, id, "server.jar"));
    expect((await failedStart(id)).code).toBe("JAR_MISSING");
    await endOf(id, "jar_missing");
  });

  it("its jar is not the one that was installed", async () => {
    const { id } = await addMortal();
    const path = folderOf(program, id, "server.jar");
    const jar = await readFile(path);
    jar[jar.length >> 1] = (jar[jar.length >> 1] ?? 0) ^ 1;
    await writeFile(path, jar);
    expect((await failedStart(id)).code).toBe("JAR_CORRUPT");
    await endOf(id, "jar_corrupt");
  });

  it("its own jar is no jar", async () => {
    const id = await addCustom(Buffer.from("this is no jar"));
    expect(await failedStart(id)).toMatchObject({ code: "START_FAILED", details: { cause: "jar_corrupt" } });
    await endOf(id, "jar_corrupt");
  });

  it("its JVM arguments contradict each other", async () => {
    const { id } = await addMortal({ jvmArgs: ["-XX:+UseSerialGC", "-XX:+UseG1GC"] });
    expect(await failedStart(id)).toMatchObject({ details: { cause: "bad_jvm_option" } });
    await endOf(id, "bad_jvm_option");
  });

  it("its memory is more than the machine has", async () => {
    const { id } = await addMortal({ memoryMb: 1_048_576 });
    expect((await failedStart(id)).code).toBe("START_FAILED");
    await endOf(id, "not_enough_memory");
  });

  it("its folder is gone", async () => {
    const { id } = await addMortal();
    await rm(folderOf(program, id), { recursive: true });
    expect((await failedStart(id)).details.category).not.toBe("INTERNAL_ERROR");
    await endOf(id, "jar_missing");
  });

  it("it crashes on the way, and a waiting caller hears why", async () => {
    const { id } = await addMortal({ behaviour: { "crash.at.start": "crash early" } });
    expect(await failedStart(id)).toMatchObject({ code: "START_FAILED", details: { cause: "crash_report" } });
    expect((await endOf(id, "crash_report")).crashReport).not.toBeNull();
  });
});

describe.concurrent("a start that takes its time", once1, () => {
  it("is running when it says so, not before", async () => {
    const { id } = await addMortal({ behaviour: { "startup.ms": 4000 } });
    // A client of its own: calls that share a request with those of other tests wait for their answers too.
    const own = await program.admin();
    const begun = await own.servers.start.mutate({ serverId: id });
    expect(begun.state).toBe("starting");
    const refused = { data: { error: { code: "STATE_CONFLICT", details: { state: "starting" } } } };
    await expect(own.servers.stop.mutate({ serverId: id })).rejects.toMatchObject(refused);
    await expect(own.console.command.mutate({ serverId: id, command: "list" })).rejects.toMatchObject(refused);
    await untilState(admin, id, "running", 60_000);
    const log = await readFile(join(program.dataDir, "run", id, "console.log"), "utf8");
    expect(log).toContain("Done (");
  });

  it("or never gets there: force ends it", async () => {
    const { id } = await addMortal({ behaviour: { "startup.never": true }, jvmArgs: quickJvm });
    await admin.servers.start.mutate({ serverId: id });
    const stopped = await admin.servers.stop.mutate({ serverId: id, force: true, wait: true });
    expect(stopped).toMatchObject({ state: "stopped", desiredState: "stopped", lastEnd: { isCrash: false } });
    await endOf(id, "stopped_by_command");
  });

  it("and a server that ignores all asking falls to SIGKILL, which the reply says", async () => {
    const { id } = await addRunning({ behaviour: { "ignore.stop": true, "ignore.term": true } });
    const stopped = await admin.servers.stop.mutate({ serverId: id, force: true, wait: true });
    expect(stopped).toMatchObject({ state: "stopped", lastEnd: { params: { rung: "sigkill" }, isCrash: false } });
    await endOf(id, "stopped_by_command");
  });

  it("one that ignores only stop goes by SIGTERM", async () => {
    const { id } = await addRunning({ behaviour: { "ignore.stop": true } });
    const stopped = await admin.servers.stop.mutate({ serverId: id, force: true, wait: true });
    expect(stopped.lastEnd).toMatchObject({ params: { rung: "sigterm" }, isCrash: false });
  });
});
