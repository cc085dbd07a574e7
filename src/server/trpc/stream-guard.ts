import type { Actor } from "@/server/auth/actor";
import { linkSignals } from "@/server/link-signals";
import type { RequestContext } from "./context";

const recheckMs = 3000;

/**
 * A signal for long streams: aborts when the client goes, mcsd closes, or the session, token or any right behind it has changed
 * (looked at every 3 s; the client then comes back with the rights it has). Call `release` when the stream is over.
 */
export function guardStream(ctx: RequestContext): { signal: AbortSignal; release(): void } {
  const { signal, abort, release } = linkSignals(ctx.signal, ctx.services.shutdown);
  const before = rightsOf(ctx.actor);
  const timer = setInterval(() => {
    ctx.reauthenticate().then((actor) => rightsOf(actor) !== before && abort(), abort);
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
