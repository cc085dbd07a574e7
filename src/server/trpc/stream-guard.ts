import type { RequestContext } from "./context";

const recheckMs = 3000;

/**
 * A signal for long streams: aborts when the client goes, mcsd closes, or the session, token or permission behind it has ended
 * (looked at every 3 s). Call `release` when the stream is over.
 */
export function guardStream(
  ctx: RequestContext,
  isStillAllowed: (ctx: RequestContext) => boolean = () => true,
): { signal: AbortSignal; release(): void } {
  const ended = new AbortController();
  const timer = setInterval(async () => {
    try {
      const actor = await ctx.reauthenticate();
      if (!actor || !isStillAllowed({ ...ctx, actor })) ended.abort();
    } catch {
      ended.abort();
    }
  }, recheckMs);
  timer.unref();
  const signal = AbortSignal.any([ctx.signal, ctx.services.shutdown, ended.signal]);
  return { signal, release: () => clearInterval(timer) };
}
