/**
 * What a snapshot leaves out: the game's lock, logs, caches, and what only says how an earlier process ended. Everything that a
 * restored server needs is in, jars and libraries too: they cost their space once, however many snapshots hold them.
 */
export const snapshotExcludes: readonly string[] = [
  "session.lock",
  "/logs/",
  "/cache/",
  "/crash-reports/",
  "/debug/",
  "/.fabric/",
  "/.mixin.out/",
  "*.tmp",
  "hs_err_pid*",
  ".rcon-cli.*",
];

/** Of those, what a restore of the whole server takes over from the folder that it replaces. */
export const keptOnRestore: readonly string[] = ["logs", "crash-reports"];
