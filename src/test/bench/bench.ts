import { randomBytes } from "node:crypto";
import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, createClient } from "@/trpc/node-client";
import { freePort } from "../stand-in/free-port";
import { startUpstreams, type Upstreams } from "../upstream-server";
import { type FakePrograms, fakeMajors, writeFakePrograms } from "./fake-programs";
import { findProgram } from "./find-program";
import type { BenchOptions } from "./read-options";
import { folderPrefix, removeRemains, removeRun } from "./remove-run";
import { signInBrowser } from "./sign-in-browser";
import { type RunningProgram, startProgram } from "./start-program";

export interface Credentials {
  username: string;
  password: string;
}

/** A running mcsd with everything needed to call it. */
export interface Live extends RunningProgram {
  readonly client: Client;
  readonly token: string;
  /** Value of a `cookie` header with a browser's session. */
  readonly cookie: string;
}

/** What all sections share: one data folder, one mcsd on it at a time. Whoever opens it closes it. */
export interface Bench {
  readonly root: string;
  readonly dataDir: string;
  readonly options: BenchOptions;
  readonly fakes: FakePrograms;
  /** The running program; started with the first call. */
  live(): Promise<Live>;
  /** Ends the running program, if there is one. The next `live` starts it again on the same data. */
  stop(): Promise<void>;
  log(line: string): void;
  /** Ends every process and removes every file of this run. */
  close(): Promise<void>;
}

/** An archive without a file in it: jars from these upstreams are never run. */
const emptyZip = Buffer.concat([Buffer.from("504b0506", "hex"), Buffer.alloc(18)]);

export async function openBench(options: BenchOptions): Promise<Bench> {
  const root = process.cwd();
  const program = await findProgram(root, options.program);
  await removeRemains();
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  const dataDir = join(folder, "data");
  const credentials: Credentials = { username: "bench", password: randomBytes(16).toString("hex") };
  let upstreams: Upstreams | null = null;
  let live: Live | null = null;

  const stop = async () => {
    const running = live;
    live = null;
    await running?.stop();
  };
  let closing: Promise<void> | null = null;
  const closeAll = async () => {
    await stop();
    await removeRun(folder);
    await upstreams?.close();
    program.remove();
  };
  const close = () => {
    closing ??= closeAll();
    return closing;
  };

  try {
    // Servers run as users of their own when mcsd is root, and must be able to pass.
    await chmod(folder, 0o711);
    const fakes = await writeFakePrograms(folder, root);
    upstreams = await startUpstreams({ jar: emptyZip });
    const port = await freePort();
    const env = programEnv({ port, dataDir, fakes, upstreams, credentials });
    const signedIn = createSignIn(credentials);
    return {
      root,
      dataDir,
      options,
      fakes,
      stop,
      close,
      log: (line) => process.stderr.write(`${line}\n`),
      live: async () => {
        if (live) return live;
        const running = await startProgram({ args: [...options.nodeFlags, program.file], cwd: root, env, port });
        live = { ...running, ...(await signedIn(running.url)) };
        return live;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface ProgramPlace {
  port: number;
  dataDir: string;
  fakes: FakePrograms;
  upstreams: Upstreams;
  credentials: Credentials;
}

/** The settings of a production start; nothing of the caller's own settings gets in, and nothing of the run gets out. */
function programEnv({ port, dataDir, fakes, upstreams, credentials }: ProgramPlace): NodeJS.ProcessEnv {
  const { PATH, HOME, JAVA_HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    ...(JAVA_HOME ? { JAVA_HOME } : {}),
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    PORT: String(port),
    HOST: "127.0.0.1",
    DATA_DIR: dataDir,
    ADMIN_USERNAME: credentials.username,
    ADMIN_PASSWORD: credentials.password,
    RATE_LIMIT_PER_MINUTE: "1000000",
    RATE_LIMIT_USER_PER_MINUTE: "1000000",
    LOGIN_RATE_LIMIT_PER_MINUTE: "1000000",
    ...upstreams.env,
    PORT_RANGE: "26000-26199",
    [`JAVA_${fakeMajors.starter}_PATH`]: fakes.starter,
    [`JAVA_${fakeMajors.lineWriter}_PATH`]: fakes.lineWriter,
  };
}

/** Session and token outlive a restart of mcsd, so they are asked for once. */
function createSignIn(credentials: Credentials) {
  let kept: { token: string; cookie: string } | null = null;
  return async (url: string) => {
    if (!kept) {
      const { token } = await createClient({ url }).auth.issueToken.mutate(credentials);
      kept = { token, cookie: await signInBrowser(url, credentials) };
    }
    return { ...kept, client: createClient({ url, token: kept.token }) };
  };
}
