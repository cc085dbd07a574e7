import type { Clock } from "@/server/clock";
import { AppError } from "@/server/errors";
import type { ExitInfo } from "../contract";
import type { StopOptions, StopRung } from "./launch-strategy";

/** After SIGKILL a process can only be kept by the kernel, in a system call that never returns. */
const killLimitMs = 15_000;

export interface StopLadderParts {
  exited: Promise<ExitInfo>;
  clock: Clock;
  writeStop(): Promise<void>;
  terminate(): void;
  killAll(): Promise<unknown>;
  /** True once somebody sent SIGKILL, so that the reply names the rung that did it. */
  wasKilled(): boolean;
}

/** Asks, then SIGTERM, then SIGKILL, each after its own time limit. Rejects with STOP_FAILED when even that leaves something. */
export async function stopLadder(
  parts: StopLadderParts,
  options: StopOptions,
): Promise<{ exit: ExitInfo; rung: StopRung }> {
  const within = (ms: number, action: () => Promise<unknown>) => exitWithin(parts, ms, action);
  const asked = await within(options.graceMs, () => ask(parts, options));
  if (asked) return { exit: asked, rung: parts.wasKilled() ? "sigkill" : "asked" };
  const terminated = await within(options.termMs, async () => parts.terminate());
  if (terminated) return { exit: terminated, rung: parts.wasKilled() ? "sigkill" : "sigterm" };
  return { exit: await killLaunch(parts), rung: "sigkill" };
}

/** SIGKILL to everything, repeated until nothing is left. */
export async function killLaunch(parts: StopLadderParts): Promise<ExitInfo> {
  for (let waitedMs = 0; waitedMs < killLimitMs; waitedMs += 500) {
    const exit = await exitWithin(parts, 500, parts.killAll);
    if (exit) return exit;
  }
  throw new AppError("STOP_FAILED", "The server's processes are still there after SIGKILL. The log has the cause.");
}

async function ask(parts: StopLadderParts, options: StopOptions): Promise<void> {
  const hasAsked = await options.askNicely?.().catch(() => false);
  if (!hasAsked) await parts.writeStop();
}

/** Does `action` and gives the exit as soon as it is known, or null after `ms`. What `action` rejects with is not a reason to stop. */
async function exitWithin(
  parts: StopLadderParts,
  ms: number,
  action: () => Promise<unknown>,
): Promise<ExitInfo | null> {
  const enough = new AbortController();
  try {
    void action().catch(() => undefined);
    return await Promise.race([parts.exited, parts.clock.sleep(ms, enough.signal).then(() => null)]);
  } finally {
    enough.abort();
  }
}
