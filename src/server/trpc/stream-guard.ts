import { watchRights } from "@/server/auth/watch-rights";
import type { RequestContext } from "./context";

/** `watchRights` for a subscription: when it aborts, the client comes back with the rights it has then. */
export function guardStream(ctx: RequestContext): { signal: AbortSignal; release(): void } {
  const { actor, reauthenticate, signal, services } = ctx;
  return watchRights({ actor, reauthenticate, signal, shutdown: services.shutdown });
}
