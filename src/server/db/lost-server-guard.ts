import type { Logger } from "@/server/logger";

/**
 * True for the one exception that postgres 3.4.9 throws from a setImmediate when a query is given to a connection whose
 * server has died: `nextWrite` writes to a socket that is null. The query itself was rejected already.
 */
export function isLostServerCrash(thrown: unknown): boolean {
  if (!(thrown instanceof TypeError) || !thrown.message.includes("(reading 'write')")) return false;
  const first = thrown.stack?.split("\n")[1] ?? "";
  return first.includes("nextWrite") && /postgres[\\/](?:src|cjs[\\/]src|cf[\\/]src)[\\/]connection\.js/.test(first);
}

/**
 * Keeps the process alive through that exception alone. Everything else ends it as Node would: the error on stderr, exit
 * code 1. Returns a function that takes the guard away.
 */
export function installLostServerGuard(log: Logger): () => void {
  const onException = (error: unknown) => {
    if (isLostServerCrash(error)) {
      log.warn("the database driver wrote to a lost connection");
      return;
    }
    log.fatal({ err: error }, "unexpected failure");
    process.exitCode = 1;
    process.exit();
  };
  process.on("uncaughtException", onException);
  return () => process.off("uncaughtException", onException);
}
