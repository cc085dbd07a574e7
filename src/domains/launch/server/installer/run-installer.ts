import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { AppError } from "@/server/errors";
import { childEnvironment, fixedPath } from "../child-environment";
import { installerScript } from "./installer-script";

export interface InstallerRun {
  /** Absolute path of `java`. */
  javaPath: string;
  /** Where it installs: its working directory, absolute. Belongs to `uid`. */
  folder: string;
  /** Name of the installer's jar in the folder. */
  jar: string;
  /** Name of an empty folder in there for its temporary files. */
  temp: string;
  /** Unprivileged uid and gid; null means mcsd's own user. */
  uid: number | null;
  /** What the system's programs need of mcsd's environment where that is not Linux. */
  systemEnv: Readonly<Record<string, string>>;
  signal: AbortSignal;
  /** The last lines of what it says, again for each one. */
  onOutput?(lines: readonly string[]): void;
  timeoutMs?: number;
  maxOutputBytes?: number;
}

/** Libraries and the game come over the network; on a slow line that takes minutes. */
const defaultTimeoutMs = 20 * 60_000;
const defaultOutputBytes = 16 * 1024 * 1024;
const keptLines = 20;
const maxLineLength = 300;
const heapMb = 1024;

type Fault = "exit" | "time" | "output" | "start";

/**
 * Runs `java -jar … --installServer` of Forge or NeoForge in a closed environment, and resolves when it has ended well. It ends with mcsd:
 * nothing of it goes on behind our back. Throws INSTALL_FAILED with `{ reason, code, lines }`, or the signal's own reason.
 */
export async function runInstaller(run: InstallerRun): Promise<void> {
  const { signal, timeoutMs = defaultTimeoutMs, maxOutputBytes = defaultOutputBytes } = run;
  signal.throwIfAborted();
  const child = spawnInstaller(run);
  const lines: string[] = [];
  let said = 0;
  let fault: Fault | null = null;
  const end = (reason: Fault | null) => {
    fault ??= reason;
    killGroup(child);
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (piece: Buffer) => {
      said += piece.length;
      if (said > maxOutputBytes) end("output");
    });
    if (!stream) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(plain(line));
      lines.splice(0, lines.length - keptLines);
      run.onOutput?.([...lines]);
    });
  }
  const onAbort = () => end(null);
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(() => end("time"), timeoutMs);
  try {
    const code = await ended(child).catch((cause: Error) => {
      throw failure("start", { code: null, lines: [cause.message] });
    });
    signal.throwIfAborted();
    if (fault !== null || code !== 0) throw failure(fault ?? "exit", { code, lines });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

function spawnInstaller({ javaPath, folder, jar, temp, uid, systemEnv }: InstallerRun): ChildProcess {
  const java = [
    javaPath,
    `-Xmx${heapMb}M`,
    "-Djava.awt.headless=true",
    // Files in the machine's common temporary folder are nobody's to clean up.
    "-XX:-UsePerfData",
    `-Djava.io.tmpdir=${temp}`,
    `-Duser.home=${folder}`,
    "-jar",
    jar,
    "--installServer",
  ];
  const isWindows = process.platform === "win32";
  const [file = "", ...args] = isWindows ? java : ["/bin/sh", "-c", installerScript, "mcsd-installer", ...java];
  const own = isWindows ? systemEnv : { PATH: fixedPath, HOME: folder, TZ: "UTC", LANG: "C.UTF-8" };
  const owner = uid === null ? {} : { uid, gid: uid };
  return spawn(file, args, {
    cwd: folder,
    env: childEnvironment({ ...own }),
    stdio: ["pipe", "pipe", "pipe"],
    detached: !isWindows,
    windowsHide: true,
    ...owner,
  });
}

/** The exit code (null after a signal), once nothing of its group is left that could still write. */
function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => killGroup(child));
    child.once("close", (code) => resolve(code));
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

function failure(reason: Fault, { code, lines }: { code: number | null; lines: readonly string[] }): AppError {
  const words: Record<Fault, string> = {
    exit: `The installer ended with code ${code ?? "none"}`,
    time: "The installer took too long and was ended",
    output: "The installer printed without end and was ended",
    start: "The installer could not be run",
  };
  const last = lines.findLast((line) => line.trim() !== "");
  const message = `${words[reason]}${last === undefined ? "." : `: ${last}`}`;
  return new AppError("INSTALL_FAILED", message, { reason, code, lines: [...lines] });
}

/** What it prints is data: no escapes, no control characters, no endless lines. */
function plain(line: string): string {
  return stripVTControlCharacters(line)
    .replace(/\p{Cc}/gu, " ")
    .slice(0, maxLineLength);
}
