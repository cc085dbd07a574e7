import { readdirSync } from "node:fs";
import { readdir, readlink, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isProcessAlive } from "@/server/db/embedded/process-state";

/** The processes whose working folder is the folder or lies in it: servers, and an embedded database. */
export async function findInside(folder: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => "")));
  return pids.filter((_, index) => `${found[index]}/`.startsWith(`${folder}/`)).map(Number);
}

/** A run that was killed leaves its servers behind; the next one ends them. `prefix` is followed by the run's pid. */
export async function removeRemains(prefix: string): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    if (isProcessAlive(Number.parseInt(name.slice(prefix.length), 10))) continue;
    const folder = join(tmpdir(), name);
    try {
      for (const pid of await findInside(folder)) process.kill(pid, "SIGKILL");
      await rm(folder, { recursive: true, force: true });
    } catch {
      // Another user's remains are for that user.
    }
  }
}
