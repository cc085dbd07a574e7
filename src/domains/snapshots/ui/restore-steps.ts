/** What a restore does, in its order. A running server is stopped only once everything is unpacked and checked. */
export function restoreSteps(isRunning: boolean) {
  return isRunning ? (["unpack", "stop", "keep", "swap", "start"] as const) : (["unpack", "keep", "swap"] as const);
}
