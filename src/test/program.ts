import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database, OpenDatabase } from "@/server/db/connect";
import { type Client, createClient } from "@/trpc/node-client";
import { createTestDatabase } from "./database";
import { bundleProgramOnce } from "./program-bundle";
import { openEmbedded } from "./program-database";
import { runnableJava } from "./program-java";
import { findInside, removeRemains } from "./program-remains";
import { type RunningProgram, spawnProgram } from "./program-spawn";
import { freePort } from "./stand-in/free-port";
import { startUpstreams, type Upstreams } from "./upstream-server";

export interface ProgramOptions {
  /** Runs on its own PostgreSQL under the data folder instead of a copy of the tests' database. */
  embedded?: boolean;
  /** Environment beside, or instead of, the usual one. */
  env?: Record<string, string>;
  /** False: there is no administrator yet, and nobody asks for versions. */
  hasAdministrator?: boolean;
  /** A uid to run as, when the tests run as root; else it is ignored. */
  asUser?: number;
}

/** The whole program, as `npm start` runs it, in a process of its own. */
export interface Program {
  readonly url: string;
  readonly dataDir: string;
  readonly upstreams: Upstreams;
  /** The program's own database; another connection after each start when it is embedded. */
  readonly db: Database;
  /** Id of the present process. */
  readonly pid: number;
  /** A version of type vanilla whose Java this machine has. */
  readonly version: string;
  /** Everything that it has printed since the start of the first process. */
  logs(): string;
  /** A client with the administrator's rights. */
  admin(): Promise<Client>;
  kill9(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Starts it again on the same data, perhaps with other settings, and waits until it serves. */
  start(more?: Record<string, string>): Promise<void>;
  /** Ends the program, its database and every server that still runs, and removes all its files. */
  end(): Promise<void>;
}

export const administrator = { username: "admin", password: "correct horse 42" } as const;
const prefix = "mcsd-test-program-";
const manyCalls = "1000000";

/** Starts the program on a data folder, a port and upstreams of its own. Call `end` in `afterAll`. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const { hasAdministrator = true } = options;
  await removeRemains(prefix);
  const main = await bundleProgramOnce();
  const java = await runnableJava();
  const upstreams = await startUpstreams();
  upstreams.addVersion({ id: "1.20.4", javaMajor: java.major });
  upstreams.addPaperBuild({ version: "1.20.4", build: 900, javaMinimum: java.major });
  const dataDir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  await chmod(dataDir, 0o711);
  if (options.asUser !== undefined && process.getuid?.() === 0) await chown(dataDir, options.asUser, options.asUser);
  const database = options.embedded ? null : await createTestDatabase();
  const port = await freePort();
  const firstPort = 26_000 + 60 * Math.floor(Math.random() * 100);
  const env = {
    NODE_ENV: "production",
    PORT: String(port),
    HOST: "127.0.0.1",
    DATA_DIR: dataDir,
    RATE_LIMIT_PER_MINUTE: manyCalls,
    RATE_LIMIT_USER_PER_MINUTE: manyCalls,
    LOGIN_RATE_LIMIT_PER_MINUTE: manyCalls,
    PORT_RANGE: `${firstPort}-${firstPort + 59}`,
    MOJANG_API_ENABLED: "false",
    ...upstreams.env,
    ...(hasAdministrator ? { ADMIN_USERNAME: administrator.username, ADMIN_PASSWORD: administrator.password } : {}),
    ...(database ? { DATABASE_URL: database.url } : {}),
    ...options.env,
  };
  let output = "";
  let embedded: OpenDatabase | null = null;
  let token: Promise<string> | null = null;
  let running: RunningProgram | null = null;
  const url = `http://127.0.0.1:${port}`;
  const current = (): RunningProgram => {
    if (!running) throw new Error("The program does not run at the moment");
    return running;
  };

  const program: Program = {
    url,
    dataDir,
    upstreams,
    version: "1.20.4",
    get db() {
      const db = database?.db ?? embedded;
      if (!db) throw new Error("There is no database at the moment");
      return db;
    },
    get pid() {
      return current().pid;
    },
    logs: () => output + (running?.output() ?? ""),
    async admin() {
      token ??= createClient({ url })
        .auth.issueToken.mutate(administrator)
        .then((issued) => issued.token);
      return createClient({ url, token: await token });
    },
    async kill9() {
      const ended = await current().end("SIGKILL");
      output += ended.output;
      running = null;
    },
    async stop() {
      const ended = await current().end("SIGTERM");
      output += ended.output;
      running = null;
      return ended.code;
    },
    async start(more = {}) {
      running = spawnProgram({ main, env: { ...env, ...more }, uid: options.asUser });
      await running.ready();
      if (!options.embedded) return;
      await embedded?.close();
      embedded = await openEmbedded(dataDir);
    },
    async end() {
      await running?.end("SIGKILL");
      running = null;
      for (let pids = await findInside(dataDir); pids.length > 0; pids = await findInside(dataDir)) {
        for (const pid of pids) killIfThere(pid);
      }
      await upstreams.close();
      await embedded?.close();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await program.start();
    if (hasAdministrator) await (await program.admin()).versions.refresh.mutate({ type: "vanilla" });
    return program;
  } catch (error) {
    await program.end();
    throw error;
  }
}

export function killIfThere(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It went by itself.
  }
}
