import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { childEnvironment, fixedPath } from "../child-environment";

const run = promisify(execFile);
const limitMs = 15_000;

/** What a system without /proc can tell of processes, by its own programs. */
export interface ProcessTable {
  /** When a process began, in the system's own words: with the pid it means one process and never a later one. Null: no such process. */
  startedAt(pid: number): Promise<string | null>;
  /** Ends a process and all that it started. Resolves also when it was gone. */
  endTree(pid: number): Promise<void>;
}

/** A process that exists, whoever it is; one of another user counts. */
export function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** macOS, the BSDs, and any other system with a POSIX `ps`; the launched process leads a group of its own. */
export const posixTable: ProcessTable = {
  startedAt: (pid) => ask("ps", ["-o", "lstart=", "-p", String(pid)], { PATH: fixedPath, LC_ALL: "C" }),
  endTree: async (pid) => {
    try {
      process.kill(-pid, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  },
};

/** Windows, where wmic is gone and PowerShell is always there. A pid is a number, so nothing else can get into the command. */
export function windowsTable(ask: (file: string, args: readonly string[]) => Promise<string | null>): ProcessTable {
  return {
    startedAt: (pid) =>
      ask("powershell.exe", [
        "-NoProfile",
        "-NonInteractive",
        "-Command",
        `(Get-Process -Id ${Math.trunc(pid)}).StartTime.ToFileTimeUtc()`,
      ]),
    endTree: async (pid) => {
      await ask("taskkill.exe", ["/PID", String(Math.trunc(pid)), "/T", "/F"]);
    },
  };
}

/** That of the system that mcsd runs on. */
export function processTable(systemEnv: Record<string, string>): ProcessTable {
  return process.platform === "win32" ? windowsTable((file, args) => ask(file, args, systemEnv)) : posixTable;
}

/** What a program prints, trimmed; null when it fails or prints nothing. */
async function ask(file: string, args: readonly string[], env: Record<string, string> = {}): Promise<string | null> {
  try {
    const { stdout } = await run(file, args, { env: childEnvironment(env), timeout: limitMs, windowsHide: true });
    return stdout.trim() || null;
  } catch {
    return null;
  }
}
