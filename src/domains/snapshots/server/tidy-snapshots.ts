import type { Services } from "@/server/context";
import { pruneFailed } from "./repository";
import { removeAsides } from "./restore/settle-asides";
import { applyRetentionToAll } from "./retention/apply-retention";
import { pruneRuns } from "./schedule/schedules-repository";

const dayMs = 86_400_000;
const keepFailedDays = 30;
const keepRunsDays = 90;

/** Every night: retention of all servers, old trees of restores, and what is only told for a while. */
export async function tidySnapshots(services: Services): Promise<void> {
  const now = services.clock.now().getTime();
  await applyRetentionToAll(services);
  await removeAsides(services, "outdated");
  await pruneFailed(services.db, new Date(now - keepFailedDays * dayMs));
  await pruneRuns(services.db, new Date(now - keepRunsDays * dayMs));
  services.snapshots.collector.request();
}
