import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { findProcessGroup } from "@/domains/launch/server/host/find-process-group";
import { isSameProcess } from "@/domains/launch/server/host/process-stat";
import { readLaunchStatus } from "@/domains/launch/server/host/read-launch-status";
import { findPostmaster } from "@/server/db/embedded/postmaster-file";
import { stopPostmaster } from "@/server/db/embedded/stop-postmaster";

/** Ends what outlives an mcsd: the servers that it started, and the database of one that was killed. */
export async function endLeftovers(dataDir: string): Promise<void> {
  const runFolder = join(dataDir, "run");
  for (const serverId of await readdir(runFolder).catch(() => [])) {
    const launcher = (await readLaunchStatus(join(runFolder, serverId, "status")))?.launcher;
    if (!launcher || !isSameProcess(launcher.pid, launcher.startTicks)) continue;
    process.kill(-launcher.pid, "SIGKILL");
    for (let left = 100; left > 0 && (await findProcessGroup(launcher.pid)).length > 0; left--)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const clusterFolder = join(dataDir, "postgres");
  const postmaster = await Promise.resolve()
    .then(() => findPostmaster(clusterFolder))
    .catch(() => null);
  if (postmaster) await stopPostmaster(postmaster.pid, { fastMs: 5000 });
}
