import { join } from "node:path";
import { AppError } from "@/server/errors";

/** The files of one server's run folder. The folder belongs to mcsd (0700): the server's own user cannot reach it. */
export interface RunPaths {
  folder: string;
  /** FIFO: what the server reads as its standard input. */
  input: string;
  /** What the server writes, appended for ever; the byte offsets in it are the ids of its lines. */
  log: string;
  /** Lines about the newest launch: see `read-launch-status.ts`. */
  status: string;
  /** Locked (flock) for as long as the server or its launcher lives. */
  lock: string;
}

/** Where a server's run files are. Refuses an id that could leave `runRoot`. */
export function runPaths(runRoot: string, serverId: string): RunPaths {
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(serverId)) {
    throw new AppError("BAD_REQUEST", "A server id consists of letters, digits and hyphens.");
  }
  const folder = join(runRoot, serverId);
  return {
    folder,
    input: join(folder, "console.in"),
    log: join(folder, "console.log"),
    status: join(folder, "status"),
    lock: join(folder, "lock"),
  };
}
