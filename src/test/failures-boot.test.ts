import { once } from "node:events";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient } from "@/trpc/node-client";
import { createTestDatabase } from "./database";
import { type Program, startProgram } from "./program";
import { bundleProgramOnce } from "./program-bundle";
import { addPerson } from "./program-people";
import { findRemainders } from "./program-remainders";
import { addServer, findJvms, untilState } from "./program-servers";
import { type Ended, spawnProgram } from "./program-spawn";
import { until } from "./program-until";
import { findOrdinaryUser } from "./program-user";
import { freePort } from "./stand-in/free-port";

const slowly = { timeout: 120_000 };
const exitMs = 5000;
const isRoot = process.getuid?.() === 0;
const ordinary = await findOrdinaryUser();
let program: Program;
let folder: string;

beforeAll(async () => {
  program = await startProgram({ embedded: true });
  folder = await mkdtemp(join(tmpdir(), "mcsd-boot-"));
  await chmod(folder, 0o711);
});
afterAll(async () => {
  await program?.end();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the program to its end, which must come by itself. */
async function run(env: Record<string, string>, { uid }: { uid?: number } = {}): Promise<Ended & { lines: string[] }> {
  const port = String(await freePort());
  const started = spawnProgram({
    uid,
    main: await bundleProgramOnce(),
    env: { NODE_ENV: "production", HOST: "127.0.0.1", PORT: port, DATA_DIR: join(folder, `data-${port}`), ...env },
  });
  const timer = setTimeout(() => started.end("SIGKILL"), 30_000);
  const ended = await started.ended;
  clearTimeout(timer);
  return { ...ended, lines: ended.errors.trim().split("\n") };
}

describe.concurrent("refuses to start, with exit code 1 and one line that names the cause and the fix", slowly, () => {
  it("on a data folder that another mcsd uses", async () => {
    const { code, lines } = await run({ DATA_DIR: program.dataDir });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^mcsd: The data folder .* in use .*pid ${program.pid}`))]);
    expect((await fetch(`${program.url}/api/v1/health`)).status).toBe(200);
  });

  it("on a port in use", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as { port: number };
    const { code, lines } = await run({ PORT: String(port) });
    holder.close();
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`^mcsd: Port ${port} is in use.*PORT=`))]);
  });

  it("with an address that is not ours", async () => {
    const { code, lines } = await run({ HOST: "203.0.113.7" });
    expect([code, lines]).toEqual([1, [expect.stringMatching(/^mcsd: HOST 203\.0\.113\.7 is not an address/)]]);
  });

  it("with bad variables, one line each", async () => {
    const { code, lines } = await run({
      PORT: "70000",
      LOG_LEVEL: "loud",
      SECRET_KEY: "too short",
      PORT_RANGE: "9-1",
    });
    expect(code).toBe(1);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^mcsd: (PORT|LOG_LEVEL|SECRET_KEY|PORT_RANGE) .* Example: /);
    expect(lines.join()).not.toContain("too short");
  });

  it("with a proxy that is none", async () => {
    const { code, lines } = await run({ TRUSTED_PROXIES: "10.0.0.0/8,somewhere" });
    expect([code, lines]).toEqual([1, [expect.stringMatching(/^mcsd: TRUSTED_PROXIES .*somewhere/)]]);
  });

  it("in a folder that cannot be written, or is a file", async () => {
    const file = join(folder, "a-file");
    await writeFile(file, "");
    const locked = join(folder, "locked");
    await mkdir(locked, { mode: 0o555 });
    // An ordinary user's own locked folder is opened again by mcsd; one that is not theirs is not.
    const notTheirs = isRoot ? (ordinary === null ? [] : [locked]) : ["/mcsd-data"];
    for (const dataDir of ["/sys/mcsd-data", join(file, "data"), file, ...notTheirs]) {
      const uid = dataDir === locked && ordinary !== null ? ordinary : undefined;
      const { code, lines } = await run({ DATA_DIR: dataDir }, { uid });
      expect(code).toBe(1);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(dataDir);
    }
  });

  it("on a database that a newer mcsd wrote", async () => {
    const database = await createTestDatabase();
    await database.db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9999999999999)`,
    );
    const { code, lines } = await run({ DATABASE_URL: database.url });
    await database.drop();
    expect([code, lines]).toEqual([1, [expect.stringMatching(/^mcsd: .*newer/)]]);
  });

  it("without the database that it is told to use", async () => {
    const { code, lines } = await run({ DATABASE_URL: "postgres://nobody:secret-word@127.0.0.1:1/none" });
    expect(code).toBe(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^mcsd: .*database/i);
    expect(lines[0]).not.toContain("secret-word");
  });
});

it("ends with 0 within five seconds while streams are open, and lets servers run", slowly, async () => {
  const person = await addPerson(program.db, { role: "admin" });
  const client = createClient({ url: program.url, token: person.token });
  const { id } = await addServer(program, client);
  await client.servers.start.mutate({ serverId: id, wait: true });
  const jvms = await findJvms(program, id);
  const states: string[] = [];
  const seen = { events: 0, lines: 0 };
  const events = client.servers.events.subscribe(undefined, {
    onData: () => void seen.events++,
    onConnectionStateChange: ({ state }) => states.push(state),
  });
  const lines = client.console.stream.subscribe({ serverId: id }, { onData: () => void seen.lines++ });
  await until(async () => seen.events > 0 && seen.lines > 0, "both streams are open");

  const begun = performance.now();
  expect(await program.stop()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(exitMs);
  expect(await findJvms(program, id)).toEqual(jvms);
  await expect(fetch(`${program.url}/api/v1/health`)).rejects.toThrow();

  await program.start();
  expect((await client.servers.get.query({ serverId: id })).state).toBe("running");
  const before = { ...seen };
  await client.console.command.mutate({ serverId: id, command: "say hello again" });
  await until(async () => seen.lines > before.lines && seen.events > before.events, "both streams go on");
  expect(states.filter((state) => state === "pending").length).toBeGreaterThanOrEqual(2);
  events.unsubscribe();
  lines.unsubscribe();
  await client.servers.kill.mutate({ serverId: id });
});

it("does not wait for what takes long: a download is undone, a stop finished afterwards", slowly, async () => {
  const admin = await program.admin();
  const { id } = await addServer(program, admin, { behaviour: { "save.ms": 6000 } });
  await admin.servers.start.mutate({ serverId: id, wait: true });
  program.upstreams.fail("paper", "slow", "jar");
  const input = { name: "Never to be", type: "paper", version: "1.20.4", memoryMb: 128, acceptEula: true } as const;
  const create = await admin.servers.create.mutate(input);
  const jobId = "jobId" in create ? create.jobId : "";
  await until(async () => ((await admin.jobs.get.query({ jobId })).done ?? 0) > 0, "bytes arrive");
  await admin.servers.stop.mutate({ serverId: id });

  const begun = performance.now();
  expect(await program.stop()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(exitMs);
  program.upstreams.fail("paper", null);
  await program.start();
  expect(await admin.jobs.get.query({ jobId })).toMatchObject({ status: "interrupted", isCancellable: false });
  expect((await untilState(admin, id, "stopped")).desiredState).toBe("stopped");
  expect(await findRemainders(program)).toEqual([]);
  expect((await admin.servers.list.query()).map(({ name }) => name)).not.toContain("Never to be");
});

it("says 503 while it starts and live all the time", slowly, async () => {
  await program.stop();
  const seen = new Set<string>();
  const starting = program.start();
  let isStarting = true;
  void starting.finally(() => {
    isStarting = false;
  });
  while (isStarting) {
    const [health, live] = await Promise.all(
      ["/api/v1/health", "/api/health/live"].map((path) =>
        fetch(program.url + path).then(
          ({ status }) => status,
          () => null,
        ),
      ),
    );
    seen.add(`${health} ${live}`);
  }
  await starting;
  expect((await fetch(`${program.url}/api/health`)).status).toBe(200);
  const allowed = ["null null", "503 200", "200 200", "null 200", "503 null"];
  expect([...seen].filter((pair) => !allowed.includes(pair))).toEqual([]);
});

it("a second signal ends it at once", slowly, async () => {
  const main = await bundleProgramOnce();
  const env = {
    NODE_ENV: "production",
    HOST: "127.0.0.1",
    PORT: String(await freePort()),
    DATA_DIR: join(folder, "second"),
  };
  const started = spawnProgram({ main, env });
  await started.ready();
  process.kill(started.pid, "SIGTERM");
  process.kill(started.pid, "SIGINT");
  expect([0, 1]).toContain((await started.ended).code);
});
