import type { FileHandle } from "node:fs/promises";
import { open, readdir, readlink } from "node:fs/promises";
import { runTool } from "../run-tool";

/**
 * Takes the kernel's lock on an open file, without waiting. flock(2) locks belong to the open file and not to a process:
 * the lock stays after the `flock` program has ended, passes to every process that inherits the descriptor, and is gone
 * when the last of them is, whatever becomes of mcsd. False when someone else holds it.
 */
export async function takeLock(lock: FileHandle, path: string): Promise<boolean> {
  const code = await runTool("flock", ["-n", "3"], lock.fd);
  if (code === 0) return true;
  if (code === 1) return false;
  return !(await isOpenElsewhere(path));
}

/** True while someone holds the lock at `path`. Takes it for a moment to find out. */
export async function isLocked(path: string): Promise<boolean> {
  const lock = await open(path, "r+").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (lock === null) return false;
  try {
    return !(await takeLock(lock, path));
  } finally {
    await lock.close();
  }
}

/** For a machine without `flock`: does another process have the lock file open? Weaker, because it leaves a gap for a race. */
export async function isOpenElsewhere(path: string): Promise<boolean> {
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      if ((await readlink(`/proc/${pid}/fd/${file}`).catch(() => "")) === path) return true;
    }
  }
  return false;
}
