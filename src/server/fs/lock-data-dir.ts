import { spawnSync } from "node:child_process";
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { BootError } from "@/server/boot-error";
import { errorCode } from "./error-code";
import { holdLockSocket } from "./hold-lock-socket";

export interface DataDirLock {
  release(): Promise<void>;
}

/**
 * Takes the one-mcsd-per-data-folder lock. The kernel holds it for as long as this process lives, so a `kill -9` frees it
 * at once and a stale file locks nobody out: `flock` locks our open file description, which no child inherits. Without a
 * `flock` program (or on a file system without locks) a listening socket stands in.
 */
export async function lockDataDir(options: {
  root: string;
  lockFile: string;
  flockProgram?: string;
}): Promise<DataDirLock> {
  const fd = openSync(options.lockFile, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const state = flock(fd, options.flockProgram ?? "flock");
    if (state === "held") throw inUse(options.root, options.lockFile);
    const socket = state === "unsupported" ? await holdLockSocket(options.root) : null;
    if (state === "unsupported" && socket === null) throw inUse(options.root, options.lockFile);
    ftruncateSync(fd);
    writeSync(fd, `${process.pid}\n`, 0);
    return {
      release: async () => {
        closeSync(fd);
        await socket?.release();
      },
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Exit code 1 of `flock -n` is "somebody else has it"; any other failure says that this way does not work here. */
function flock(fd: number, program: string): "locked" | "held" | "unsupported" {
  if (fstatSync(fd).isFile() === false) return "unsupported";
  const { status, error } = spawnSync(program, ["-n", "3"], {
    stdio: ["ignore", "ignore", "ignore", fd],
    timeout: 5_000,
  });
  if (error && errorCode(error) !== "ENOENT") return "unsupported";
  return status === 0 ? "locked" : status === 1 ? "held" : "unsupported";
}

function inUse(root: string, lockFile: string): BootError {
  const pid = readFileSync(lockFile, "utf8").trim();
  const holder = /^\d+$/.test(pid) ? ` (pid ${pid})` : "";
  return new BootError(
    `The data folder ${root} is in use by another mcsd${holder}: stop that one, or set DATA_DIR to another folder`,
  );
}
