import { setMaxListeners } from "node:events";
import { AppError } from "@/server/errors";
import type { RefreshResult, ServerType } from "../contract";
import { type RefreshCtx, refreshSource } from "./refresh-source";
import type { VersionSource } from "./version-source";

export interface RefreshVersionsCtx extends RefreshCtx {
  readonly sources: readonly VersionSource[];
  /** Refreshes under way by type: a second call joins the first. */
  readonly running: Map<ServerType, Promise<RefreshResult>>;
}

/**
 * Refreshes one source or all, side by side: none waits for or fails with another. Throws BAD_REQUEST for a type without a
 * source, or the signal's reason.
 */
export async function refreshVersions(
  ctx: RefreshVersionsCtx,
  input: { type?: ServerType; signal: AbortSignal },
): Promise<RefreshResult[]> {
  const { sources, running } = ctx;
  const wanted = sources.filter((source) => input.type === undefined || source.type === input.type);
  if (wanted.length === 0) {
    throw new AppError("BAD_REQUEST", `There is no source of ${input.type} versions.`, { type: input.type });
  }
  // Every request that is under way listens to it, and there are more of them than Node takes for sane.
  setMaxListeners(0, input.signal);
  const refreshOnce = (source: VersionSource): Promise<RefreshResult> => {
    const current = running.get(source.type);
    if (current) return current;
    const run = refreshSource(ctx, source, input.signal).finally(() => running.delete(source.type));
    running.set(source.type, run);
    return run;
  };
  return Promise.all(wanted.map(refreshOnce));
}
