import type { Clock } from "@/server/clock";
import { AppError } from "@/server/errors";
import type { HostRef, LaunchHandle } from "../launch-strategy";
import { killLaunch, type StopLadderParts, stopLadder } from "../stop-ladder";
import type { ProcessStat } from "./process-stat";
import { createUsageReader } from "./process-usage";
import type { RunPaths } from "./run-paths";
import { killGroup, terminateServer } from "./signal-launch";
import { watchLaunch } from "./watch-launch";
import { writeConsole } from "./write-console";

export interface HostHandleParts {
  ref: HostRef;
  /** Start ticks of the launcher, null when the status file was lost. */
  launcherTicks: string | null;
  paths: RunPaths;
  clock: Clock;
  readTable: () => Promise<ProcessStat[]>;
}

/** A running server of the host kind, our own child or an adopted one. `ring` makes it look at once whether it still runs. */
export function createHostHandle(parts: HostHandleParts): LaunchHandle & { ring(): void } {
  const { ref, launcherTicks, paths, clock, readTable } = parts;
  const watch = watchLaunch({ ref, launcherTicks, statusPath: paths.status, clock });
  const readUsage = createUsageReader(ref.pgid, readTable);
  let isOver = false;
  let isKilled = false;
  void watch.exited.then(() => {
    isOver = true;
  });

  const write = async (line: string) => {
    if (isOver) throw new AppError("NOT_RUNNING", "The server is not running: nobody reads its console.");
    await writeConsole(paths.input, line);
  };
  const ladder: StopLadderParts = {
    exited: watch.exited,
    clock,
    writeStop: () => write("stop"),
    terminate: () => terminateServer(ref),
    killAll: async () => {
      isKilled = true;
      watch.expectKill();
      await killGroup(ref, launcherTicks);
      watch.ring();
    },
    wasKilled: () => isKilled,
  };
  return {
    ref,
    address: "127.0.0.1",
    exited: watch.exited,
    write,
    stats: async () => (isOver ? null : readUsage()),
    stop: (options) => stopLadder(ladder, options),
    kill: () => killLaunch(ladder),
    release: watch.release,
    ring: watch.ring,
  };
}
