/**
 * A signal that aborts with the first of the given ones. Call `release` when it is not needed any more: a long-lived source
 * would keep it otherwise (`AbortSignal.any` has no such end on Node 20).
 */
export function linkSignals(...sources: readonly AbortSignal[]): {
  signal: AbortSignal;
  abort(reason?: unknown): void;
  release(): void;
} {
  const linked = new AbortController();
  const onAbort = (event: Event) => linked.abort((event.target as AbortSignal).reason);
  const release = () => {
    for (const source of sources) source.removeEventListener("abort", onAbort);
  };
  for (const source of sources) {
    if (source.aborted) linked.abort(source.reason);
    source.addEventListener("abort", onAbort, { once: true });
  }
  return { signal: linked.signal, abort: (reason) => linked.abort(reason), release };
}
