import { setTimeout as sleep } from "node:timers/promises";
import { isProcessAlive, processesIn } from "./process-state";

/**
 * Ends a postmaster: SIGINT (fast shutdown: open transactions roll back, a checkpoint is written), after `fastMs` SIGQUIT
 * (immediate: the next start recovers from the log), at last SIGKILL. Resolves when the process is gone.
 */
export async function stopPostmaster(pid: number, { fastMs = 20_000 }: { fastMs?: number } = {}): Promise<void> {
  for (const [signal, waitMs] of [
    ["SIGINT", fastMs],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ] as const) {
    signalProcess(pid, signal);
    if (await isGoneWithin(pid, waitMs)) return;
  }
  throw new Error(`The database's process ${pid} does not end`);
}

/** After a postmaster was killed its backends may finish what they do first; until they are gone no new one can start. */
export async function endOrphans(clusterFolder: string): Promise<void> {
  for (const [signal, waitMs] of [
    [null, 500],
    ["SIGQUIT", 3_000],
    ["SIGKILL", 5_000],
  ] as const) {
    const orphans = processesIn(clusterFolder);
    if (orphans.length === 0) return;
    for (const pid of orphans) if (signal !== null) signalProcess(pid, signal);
    await Promise.all(orphans.map((pid) => isGoneWithin(pid, waitMs)));
  }
}

/** Waits for the process to end; the poll is short because start-up waits on it. */
export async function isGoneWithin(pid: number, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (isProcessAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(10);
  }
  return true;
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}
