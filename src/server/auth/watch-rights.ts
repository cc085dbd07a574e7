import { linkSignals } from "@/server/link-signals";
import type { Actor } from "./actor";

const recheckMs = 3000;

interface Watched {
  actor: Actor | null;
  /** Reads anew who is asking; null once the session or token has ended. */
  reauthenticate(): Promise<Actor | null>;
  /** The client is gone. */
  signal: AbortSignal;
  shutdown: AbortSignal;
}

/**
 * A signal for whatever lasts: aborts when the client goes, mcsd closes, or the session, token or any right behind it has
 * changed (looked at every 3 s). Call `release` when it is over.
 */
export function watchRights({ actor, reauthenticate, signal: gone, shutdown }: Watched): {
  signal: AbortSignal;
  release(): void;
} {
  const { signal, abort, release } = linkSignals(gone, shutdown);
  const before = rightsOf(actor);
  const timer = setInterval(() => {
    reauthenticate().then((now) => rightsOf(now) !== before && abort(), abort);
  }, recheckMs);
  timer.unref();
  return {
    signal,
    release() {
      clearInterval(timer);
      release();
    },
  };
}

function rightsOf(actor: Actor | null): string {
  if (!actor || actor.kind === "system") return "";
  const shared = [...actor.shared].map(([serverId, permissions]) => [serverId, ...permissions].join());
  return [actor.userId, actor.role, actor.isApproved, actor.mustEnrol, ...actor.permissions, ...shared].join(" ");
}
