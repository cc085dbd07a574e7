import type { Clock } from "@/server/clock";
import { AppError } from "@/server/errors";
import type { ExitInfo } from "../../contract";
import { unseenExit } from "../exit-info";
import type { HostRef, LaunchHandle } from "../launch-strategy";
import { killLaunch, type StopLadderParts, stopLadder } from "../stop-ladder";
import { isThere, type ProcessTable } from "./process-table";

const lookMs = 1000;

export interface PlainHandleParts {
  ref: HostRef;
  clock: Clock;
  table: ProcessTable;
  /** Resolves when our own child ends; an adopted process has none. */
  childExit: Promise<ExitInfo> | null;
  /** Called once, when the process has ended. */
  onEnd(exit: ExitInfo): void;
}

/** A process that was started here or found again. Its console takes no lines: commands go by RCON. */
export function createPlainHandle({ ref, clock, table, childExit, onEnd }: PlainHandleParts): LaunchHandle {
  const released = new AbortController();
  let isOver = false;
  let isKilled = false;
  const exited = new Promise<ExitInfo>((resolve) => {
    const finish = (exit: ExitInfo) => {
      if (isOver || released.signal.aborted) return;
      isOver = true;
      onEnd(exit);
      resolve(exit);
    };
    if (childExit) void childExit.then(finish);
    else void untilGone().then(() => finish(unseenExit(isKilled ? "SIGKILL" : null, clock.now())));
  });
  /** A pid that is given out again within a second would be taken for ours; the next search for it tells them apart. */
  async function untilGone(): Promise<void> {
    while (isThere(ref.pid)) await clock.sleep(lookMs, released.signal);
  }
  const isOurs = async () => (await table.startedAt(ref.pid)) === ref.startTicks;
  const write = async () => {
    if (isOver) throw new AppError("NOT_RUNNING", "The server is not running: nobody reads its console.");
    throw new AppError("STATE_CONFLICT", "On this system a server takes commands by RCON only, once it is running.");
  };
  const ladder: StopLadderParts = {
    exited,
    clock,
    writeStop: write,
    terminate: () => {
      // Windows knows no request to end: there the next rung does it.
      if (process.platform !== "win32") void isOurs().then((isIt) => isIt && process.kill(ref.pid, "SIGTERM"));
    },
    killAll: async () => {
      isKilled = true;
      if (await isOurs()) await table.endTree(ref.pid);
    },
    wasKilled: () => isKilled,
  };
  return {
    ref,
    address: "127.0.0.1",
    exited,
    write,
    stats: async () => null,
    stop: (options) => stopLadder(ladder, options),
    kill: () => killLaunch(ladder),
    release: () => released.abort(),
  };
}
