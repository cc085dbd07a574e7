import type { CrashPolicy } from "../contract";

/** Causes that another start cannot cure: somebody has to change something first. */
const hopeless = new Set([
  "eula",
  "port_taken",
  "wrong_java",
  "java_not_found",
  "jar_missing",
  "jar_corrupt",
  "bad_jvm_option",
  "not_enough_memory",
  "world_locked",
  "never_ran",
]);

export type CrashDecision =
  | { kind: "retry"; at: Date; attempt: number }
  | { kind: "give-up"; attempts: number }
  | { kind: "leave" };

const firstDelayMs = 5000;

/**
 * What to do after a crash. Waits 5 s, 10 s, 20 s … and gives up after `maxTries` starts within the window.
 * @param tries moments (ms) of the automatic starts so far
 */
export function decideAfterCrash(
  policy: CrashPolicy,
  cause: string,
  tries: readonly number[],
  now: Date,
): CrashDecision {
  if (!policy.restart || hopeless.has(cause)) return { kind: "leave" };
  const recent = tries.filter((at) => at > now.getTime() - policy.windowMinutes * 60_000).length;
  if (recent >= policy.maxTries) return { kind: "give-up", attempts: recent };
  return { kind: "retry", at: new Date(now.getTime() + firstDelayMs * 2 ** recent), attempt: recent + 1 };
}
