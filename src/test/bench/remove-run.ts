import { readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProcessGroup } from "@/domains/launch/server/host/find-process-group";
import { isSameProcess } from "@/domains/launch/server/host/process-stat";
import { readLaunchStatus } from "@/domains/launch/server/host/read-launch-status";
import { findPostmaster } from "@/server/db/embedded/postmaster-file";
import { isProcessAlive } from "@/server/db/embedded/process-state";
import { stopPostmaster } from "@/server/db/embedded/stop-postmaster";

/** The number of the process that the folder belongs to follows. */
export const folderPrefix = "mcsd-bench-";

/** Ends what outlives an mcsd (its servers, and the database of one that was killed), then removes the folder of the run. */
export async function removeRun(folder: string): Promise<void> {
  await endServers(join(folder, "data", "run"));
  const postmaster = await lookForPostmaster(join(folder, "data", "postgres"));
  if (postmaster) await stopPostmaster(postmaster.pid, { fastMs: 5000 });
  await rm(folder, { recursive: true, force: true });
}

/** A benchmark that was killed leaves its run behind; the next one clears up. */
export async function removeRemains(): Promise<void> {
  for (const name of (await readdir(tmpdir())).filter((entry) => entry.startsWith(folderPrefix))) {
    const owner = Number.parseInt(name.slice(folderPrefix.length), 10);
    if (Number.isNaN(owner) || isProcessAlive(owner)) continue;
    await removeRun(join(tmpdir(), name)).catch(() => {
      // Another user's remains are for that user.
    });
  }
}

async function endServers(runFolder: string): Promise<void> {
  for (const serverId of await readdir(runFolder).catch(() => [])) {
    const launcher = (await readLaunchStatus(join(runFolder, serverId, "status")))?.launcher;
    if (!launcher || !isSameProcess(launcher.pid, launcher.startTicks)) continue;
    process.kill(-launcher.pid, "SIGKILL");
    for (let left = 100; left > 0 && (await findProcessGroup(launcher.pid)).length > 0; left--)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function lookForPostmaster(clusterFolder: string) {
  try {
    return findPostmaster(clusterFolder);
  } catch {
    return null;
  }
}
