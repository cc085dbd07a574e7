import { readlink, rm, symlink } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { isProcessAlive } from "@/server/db/embedded/process-state";

/** Runs the work while no other process runs work by the same name. A process that died does not keep it. */
export async function oneAtATime<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  // A link appears whole or not at all, and says whose it is.
  while (
    !(await symlink(String(process.pid), name).then(
      () => true,
      () => false,
    ))
  ) {
    const owner = await readlink(name).catch(() => null);
    if (owner !== null && !isProcessAlive(Number(owner))) await rm(name, { force: true });
    else await delay(50);
  }
  try {
    return await work();
  } finally {
    await rm(name, { force: true });
  }
}
