import type { Clock } from "@/server/clock";
import { AppError, isAppError } from "@/server/errors";
import { managementMethods } from "../../../console/server/management/management-methods";
import type { ManagementPort } from "../../../console/server/management/management-port";

interface Saving {
  clock: Clock;
  /** In ms; `told`: after the game has answered that it has saved, until it also tells everybody so. */
  limits: { off: number; flush: number; told: number };
  signal: AbortSignal;
}

const { autosave, setAutosave, save } = managementMethods;

/**
 * Switches the game's own saving off and has it save all it has, and waits until it has told that it has. False when it could not be asked in
 * this way: another one has to do. Rejects with NOT_QUIET when the game says that it cannot save, or does not say in time that it has.
 */
export async function saveByManagement(
  management: ManagementPort,
  { clock, limits, signal }: Saving,
): Promise<boolean> {
  const giveUp = new AbortController();
  let hear: () => void = () => undefined;
  const told = new Promise<true>((resolve) => {
    hear = () => resolve(true);
  });
  let stop: () => void = () => undefined;
  try {
    if (await within(signal, management.call(setAutosave, [false], { timeoutMs: limits.off }))) return false;
    // From here on no save of its own can begin: what is told from now on is told of ours.
    stop = management.listen(({ name }) => name === "server/saved" && hear());
    const isSaved = await within(signal, management.call(save, [true], { timeoutMs: limits.flush }));
    if (!isSaved)
      throw new AppError("NOT_QUIET", "The game refused to save.", { command: save.name, reason: "refused" });
    const late = clock.sleep(limits.told, giveUp.signal).then(
      () => false,
      () => false,
    );
    return await within(signal, Promise.race([told, late]));
  } catch (error) {
    if (!isAppError(error) || signal.aborted || error.code === "NOT_QUIET") throw error;
    if (error.details.reason === "timeout" && error.details.method === save.name) throw tooLate(limits.flush);
    return false;
  } finally {
    stop();
    giveUp.abort();
  }
}

/** Null: it could not be asked. */
export async function isAutosaveOn(management: ManagementPort | null, timeoutMs: number): Promise<boolean | null> {
  return management?.call(autosave, [], { timeoutMs }).catch(() => null) ?? null;
}

/** True when the game has switched it on, and then says so when it is asked. */
export async function switchAutosaveOn(management: ManagementPort | null, timeoutMs: number): Promise<boolean> {
  const answer = await management?.call(setAutosave, [true], { timeoutMs }).catch(() => false);
  return answer === true && (await isAutosaveOn(management, timeoutMs)) === true;
}

function within<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

function tooLate(ms: number): AppError {
  return new AppError("NOT_QUIET", `The game did not confirm that it has saved within ${Math.round(ms / 1000)} s.`, {
    command: save.name,
    reason: "timeout",
  });
}
