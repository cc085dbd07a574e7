import type { Env } from "@/server/env";

/** First uid of the servers when mcsd is root; null when it is not and servers have mcsd's own rights. */
export function uidBaseOf(env: Pick<Env, "SERVER_UID_BASE">): number | null {
  return process.getuid?.() === 0 ? env.SERVER_UID_BASE : null;
}
