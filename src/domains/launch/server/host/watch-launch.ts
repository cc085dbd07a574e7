import type { Clock } from "@/server/clock";
import type { ExitInfo } from "../../contract";
import { createWake, type Wake } from "../create-wake";
import { toExitInfo, unseenExit } from "../exit-info";
import type { HostRef } from "../launch-strategy";
import { findProcessGroup } from "./find-process-group";
import { isSameProcess } from "./process-stat";
import { readLaunchStatus } from "./read-launch-status";
import { readOomKills } from "./read-oom-kills";
import { killGroup } from "./signal-launch";

/** Every process is looked at this often, in case no event told of its end. */
const pollMs = 1000;
/** How long after the server's end its children may linger; the launcher, which ends them too, gets longer. */
const lingerMs = 250;
const launcherLimitMs = 2000;

export interface LaunchWatch {
  readonly exited: Promise<ExitInfo>;
  /** Says that something may have happened; the watch looks at once. */
  ring(): void;
  /** From now on a SIGKILL is our own doing and no sign of a lack of memory. */
  expectKill(): void;
  release(): void;
}

export interface WatchedLaunch {
  ref: HostRef;
  launcherTicks: string | null;
  statusPath: string;
  clock: Clock;
}

/**
 * Learns the end of a launch in the same way whether it is our child or was adopted: from the status file and /proc.
 * `exited` resolves when nothing is left of the process group; what outlives the server in it is ended.
 */
export function watchLaunch(launch: WatchedLaunch): LaunchWatch {
  const wake = createWake(launch.statusPath);
  const state = { isReleased: false, isKillExpected: false };
  const exited = new Promise<ExitInfo>((resolve) => {
    const run = async (): Promise<void> => {
      const exit = await untilGone(launch, wake, state).catch(() => "again" as const);
      if (exit === "again" && !state.isReleased) {
        await wake.next(pollMs);
        return run();
      }
      wake.close();
      if (exit !== null && exit !== "again") resolve(exit);
    };
    void run();
  });
  return {
    exited,
    ring: wake.ring,
    expectKill: () => {
      state.isKillExpected = true;
    },
    release: () => {
      state.isReleased = true;
      wake.close();
    },
  };
}

async function untilGone(
  launch: WatchedLaunch,
  wake: Wake,
  state: { isReleased: boolean; isKillExpected: boolean },
): Promise<ExitInfo | null> {
  const { ref, launcherTicks } = launch;
  const isServerThere = () => isSameProcess(ref.pid, ref.startTicks);
  const isLauncherThere = () => launcherTicks !== null && isSameProcess(ref.pgid, launcherTicks);
  let oomKillsBefore = await readOomKills();
  let launcherSeenAt = Number.NEGATIVE_INFINITY;
  while (isServerThere()) {
    if (isLauncherThere()) launcherSeenAt = performance.now();
    await wake.next(pollMs);
    if (state.isReleased) return null;
    const oomKills = await readOomKills();
    if (isServerThere()) oomKillsBefore = oomKills;
  }
  // A SIGKILL to the whole group reaches its members one after the other: the launcher may be gone a moment earlier.
  const hadLauncher = performance.now() - launcherSeenAt < 2 * pollMs;
  await endGroup(launch, isLauncherThere, async () => {
    await wake.next(10);
    return !state.isReleased;
  });
  if (state.isReleased) return null;
  const exit = await readExit(launch, hadLauncher || state.isKillExpected);
  if (exit.signal !== "SIGKILL" || state.isKillExpected || oomKillsBefore === null) return exit;
  return { ...exit, outOfMemory: ((await readOomKills()) ?? 0) > oomKillsBefore };
}

/** Waits until nothing is left of the group, and ends what does not go by itself. */
async function endGroup(launch: WatchedLaunch, isLauncherThere: () => boolean, goOn: () => Promise<boolean>) {
  const since = performance.now();
  while ((await findProcessGroup(launch.ref.pgid)).length > 0 && (await goOn())) {
    const limitMs = isLauncherThere() ? launcherLimitMs : lingerMs;
    const isTooLong = performance.now() - since > limitMs;
    if (isTooLong && !(await killGroup(launch.ref, launch.launcherTicks))) return;
  }
}

/** Without an exit line the launcher was killed: together with the server, or earlier, which leaves nothing known. */
async function readExit({ ref, statusPath, clock }: WatchedLaunch, hadLauncher: boolean): Promise<ExitInfo> {
  const status = await readLaunchStatus(statusPath);
  const isOurs = status?.server?.pid === ref.pid && status.server.startTicks === ref.startTicks;
  if (isOurs && status.exitCode !== null) return toExitInfo(status.exitCode, status.writtenAt);
  return unseenExit(hadLauncher ? "SIGKILL" : null, clock.now());
}
