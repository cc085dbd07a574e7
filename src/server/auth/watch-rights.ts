import { AppError } from "@/server/errors";
import { linkSignals } from "@/server/link-signals";
import type { Actor } from "./actor";

const recheckMs = 3000;
/** So many looks may be missed because the one before has had no answer: then it counts as "cannot be known". */
const maxMissed = 2;

interface Watched {
  actor: Actor | null;
  /** Reads anew who is asking; null once the session or token has ended. */
  reauthenticate(): Promise<Actor | null>;
  /** The client is gone. */
  signal: AbortSignal;
  shutdown: AbortSignal;
  /**
   * Throws when what goes on may not go on, whoever is asking by now. Left out: any change of rights ends it, and the client comes
   * back with those it has.
   */
  check?: (actor: Actor) => Promise<void> | void;
}

/**
 * A signal for whatever lasts: aborts when the client goes, mcsd closes, or the session, token or a right behind it has gone or
 * changed (looked at every 3 s), or that cannot be known. Its reason is the error to be told. Call `release` when it is over.
 */
export function watchRights({ actor, reauthenticate, signal: gone, shutdown, check }: Watched): {
  signal: AbortSignal;
  release(): void;
} {
  const { signal, abort, release } = linkSignals(gone, shutdown);
  const before = rightsOf(actor);
  const look = async () => {
    const now = await reauthenticate();
    if (!now && actor) throw new AppError("SIGN_IN_REQUIRED", "The session or token has ended.");
    if (check && now) await check(now);
    else if (rightsOf(now) !== before) throw new AppError("SIGN_IN_REQUIRED", "The rights behind this have changed.");
  };
  let missed: number | null = null;
  const timer = setInterval(() => {
    if (missed !== null) {
      if (++missed > maxMissed)
        abort(new AppError("DATABASE_UNAVAILABLE", "The database cannot be reached at the moment."));
      return;
    }
    missed = 0;
    look()
      .catch(abort)
      .finally(() => {
        missed = null;
      });
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
