import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { buildStandIn } from "./build-stand-in";
import { freePort } from "./free-port";

export interface StandInOptions {
  /** An existing folder; without it a new one under the system's temporary folder, removed by `dispose`. */
  folder?: string;
  /** Lines for server.properties beside the ports and the RCON password. */
  properties?: Record<string, string | number | boolean>;
  /** Lines for stand-in.properties, such as `{ "startup.ms": 500 }`. */
  behaviour?: Record<string, string | number | boolean>;
  jvmArgs?: readonly string[];
  hasEula?: boolean;
}

export interface StandIn {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly gamePort: number;
  readonly rconPort: number;
  readonly rconPassword: string;
  readonly managementPort: number;
  readonly managementSecret: string;
  /** Every line of standard output so far. */
  readonly lines: readonly string[];
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
  /** Types a command into the console. */
  type(command: string): void;
  /** Resolves with the first line, past or coming, that holds the text; rejects when the output ends before. */
  line(text: string): Promise<string>;
  /** Kills what is left and removes the folder if it is our own. */
  dispose(): Promise<void>;
}

/** Starts the stand-in server as a child of the test. Does not wait for it to be ready: await `line("RCON running")`. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const jar = await buildStandIn();
  const folder = options.folder ?? (await mkdtemp(path.join(tmpdir(), "stand-in-")));
  const [gamePort, rconPort, managementPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const rconPassword = "correct horse battery staple";
  const managementSecret = "0123456789abcdefghijABCDEFGHIJ0123456789";
  const management = {
    "management-server-enabled": true,
    "management-server-host": "127.0.0.1",
    "management-server-port": managementPort,
    "management-server-secret": managementSecret,
    "management-server-tls-enabled": false,
  };
  const base = { "server-port": gamePort, "enable-rcon": true, "rcon.port": rconPort, "rcon.password": rconPassword };
  await writeFile(
    path.join(folder, "server.properties"),
    lines({ ...base, ...management, "rcon.ip": "127.0.0.1", ...options.properties }),
  );
  await writeFile(path.join(folder, "stand-in.properties"), lines(options.behaviour ?? {}));
  if (options.hasEula !== false) await writeFile(path.join(folder, "eula.txt"), "eula=true\n");

  const args = ["-Xmx64m", "-XX:+UseSerialGC", ...(options.jvmArgs ?? []), "-jar", jar, "nogui"];
  const child = spawn("java", args, { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const seen: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (text) => seen.push(text));
  const ended = once(reader, "close");
  child.stdin.on("error", () => undefined);
  const exited = once(child, "exit").then(([code, signal]) => ({ code, signal }));

  return {
    child,
    folder,
    gamePort,
    rconPort,
    rconPassword,
    managementPort,
    managementSecret,
    lines: seen,
    exited,
    type: (command) => void child.stdin.write(`${command}\n`),
    line: async (text) => {
      const isWanted = (line: string) => line.includes(text);
      for (;;) {
        const found = seen.find(isWanted);
        if (found !== undefined) return found;
        const next = once(reader, "line").then(() => true);
        if (await Promise.race([next, ended.then(() => false)])) continue;
        throw new Error(`The output ended without "${text}":\n${seen.slice(-20).join("\n")}`);
      }
    },
    dispose: async () => {
      child.kill("SIGKILL");
      await exited;
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function lines(values: Record<string, string | number | boolean>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${value}\n`)
    .join("");
}
