import { type FileHandle, lstat, mkdir, open, rm } from "node:fs/promises";
import { AppError } from "@/server/errors";
import { runTool } from "../run-tool";
import { readBootId } from "./read-boot-id";
import type { RunPaths } from "./run-paths";
import { takeLock } from "./take-lock";

/** The open files of a launch to come. The lock is held as long as one of these or the launched processes live. */
export interface RunFiles {
  input: FileHandle;
  log: FileHandle;
  status: FileHandle;
  lock: FileHandle;
  bootId: string;
  close(): Promise<void>;
}

/**
 * Makes what is missing in the run folder, takes the lock, and begins a new status file. Rejects with SERVER_BUSY when
 * this server has a process already, and then changes nothing. Whoever gets the files closes them.
 */
export async function openRunFiles(paths: RunPaths): Promise<RunFiles> {
  const opened: FileHandle[] = [];
  const keep = async (opening: Promise<FileHandle>) => {
    const file = await opening;
    opened.push(file);
    return file;
  };
  const close = async () => {
    await Promise.all(opened.splice(0).map((file) => file.close()));
  };
  try {
    await mkdir(paths.folder, { recursive: true, mode: 0o700 });
    const [lock, input, log, bootId] = await settled([
      keep(openLocked(paths)),
      keep(openFifo(paths.input)),
      keep(open(paths.log, "a", 0o600)),
      readBootId(),
    ]);
    await rm(paths.status, { force: true });
    // A new file each time: what an old launch still holds open cannot write into this one's.
    const status = await keep(open(paths.status, "ax", 0o600));
    await status.write(`start ${bootId}\n`);
    return { input, log, status, lock, bootId, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Like Promise.all, but does not reject before every part has come to an end, so that none opens a file behind our back. */
async function settled<T extends readonly Promise<unknown>[]>(
  parts: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(parts);
  return Promise.all(parts) as Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }>;
}

/** Takes the lock that says who starts or runs this server; SERVER_BUSY when somebody has it. The caller closes it. */
export async function openLocked(paths: Pick<RunPaths, "lock">): Promise<FileHandle> {
  const lock = await open(paths.lock, "a+", 0o600);
  const isOurs = await takeLock(lock, paths.lock).catch(async (error: unknown) => {
    await lock.close();
    throw error;
  });
  if (isOurs) return lock;
  await lock.close();
  throw new AppError("SERVER_BUSY", "This server is already running.", { reason: "ALREADY_RUNNING" });
}

/** Opened for reading and writing, a FIFO neither blocks nor ever comes to its end. */
async function openFifo(path: string): Promise<FileHandle> {
  const isThere = await lstat(path).then(
    (found) => found.isFIFO(),
    () => false,
  );
  if (!isThere) await runTool("mkfifo", ["-m", "600", path]);
  if (!(await lstat(path)).isFIFO()) throw new AppError("START_FAILED", "The server's console input cannot be made.");
  return open(path, "r+");
}
