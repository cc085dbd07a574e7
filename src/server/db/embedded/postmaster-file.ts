import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { isProcessAlive, workingFolderOf } from "./process-state";

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly status: "starting" | "stopping" | "ready" | "standby" | "unknown";
}

/**
 * What `postmaster.pid` says (line 1 the pid, 4 the port, 8 the status), or null when it is missing or half written.
 * Says nothing about whether such a process lives. Source: PostgreSQL's `utils/pidfile.h`.
 */
export function readPostmasterFile(clusterFolder: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(join(clusterFolder, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  const word = lines[7]?.trim();
  const status =
    word === "starting" || word === "stopping" || word === "ready" || word === "standby" ? word : "unknown";
  return { pid, port: Number.isInteger(port) ? port : 0, status };
}

/** The postmaster that runs on this very cluster, or null. A pid that meanwhile belongs to another program is nobody. */
export function findPostmaster(clusterFolder: string): Postmaster | null {
  const found = readPostmasterFile(clusterFolder);
  return found !== null && isProcessAlive(found.pid) && worksOn(found.pid, clusterFolder) ? found : null;
}

/** A postmaster's working folder is its cluster; without /proc its command line names it (`-D`). */
function worksOn(pid: number, clusterFolder: string): boolean {
  if (process.platform === "linux") return workingFolderOf(pid) === realpathSync(clusterFolder);
  if (process.platform === "win32") return true;
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8", timeout: 5_000 }).includes(
      clusterFolder,
    );
  } catch {
    return false;
  }
}
