import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import { isAppError, isDatabaseDown } from "@/server/errors";
import type { Logger } from "@/server/logger";
import type { RefreshResult } from "../contract";
import { removeUnlisted } from "./remove-unlisted";
import { findSource, saveSource } from "./repository";
import { saveVersions } from "./save-versions";
import type { VersionSource } from "./version-source";

export interface RefreshCtx {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Brings one source's rows up to date, batch by batch (each with its log entries in one transaction), so that the newest
 * versions are there within a second and a crash keeps what was read. A failure keeps the old rows, is stored with the
 * source and returned, never thrown; only the signal's reason is.
 */
export async function refreshSource(
  ctx: RefreshCtx,
  source: VersionSource,
  signal: AbortSignal,
): Promise<RefreshResult> {
  const { type } = source;
  const result: RefreshResult = { type, isGood: false, added: 0, changed: 0, removed: 0, error: null };
  try {
    await readSource(ctx, source, signal, result);
    result.isGood = true;
  } catch (thrown) {
    signal.throwIfAborted();
    result.error = toSourceError(thrown);
    ctx.log.warn({ type, code: result.error.code, reason: reasonOf(thrown) }, "version source failed");
    const now = ctx.clock.now();
    await saveSource(ctx.db, type, { lastAttemptAt: now, lastError: result.error }).catch(() => {
      ctx.log.error({ type }, "the version source's failure could not be stored");
    });
  }
  return result;
}

async function readSource(
  ctx: RefreshCtx,
  source: VersionSource,
  signal: AbortSignal,
  result: RefreshResult,
): Promise<void> {
  const { db, clock, log } = ctx;
  const { type } = source;
  const known = await findSource(db, type);
  const listing = await source.list({ etag: known?.etag ?? null, tags: known?.tags ?? {} }, signal);
  if (listing === "unchanged") return close(ctx, source, {});

  const tags = { ...known?.tags };
  let problem: unknown;
  for await (const batch of listing.batches()) {
    problem ??= batch.problems[0];
    for (const item of batch.problems)
      log.warn({ type, code: toSourceError(item).code, reason: reasonOf(item) }, "version not read");
    Object.assign(tags, batch.tags);
    await db.transaction(async (tx) => {
      const saved = await saveVersions(tx, type, batch.entries, clock.now());
      await saveSource(tx, type, { tags });
      result.added += saved.added;
      result.changed += saved.changed;
    });
  }
  await db.transaction(async (tx) => {
    const removed = await removeUnlisted(tx, type, listing, clock.now());
    result.removed = removed.length;
    for (const version of removed) delete tags[version];
    result.error = problem === undefined ? null : toSourceError(problem);
    await close({ ...ctx, db: tx }, source, {
      tags,
      etag: problem === undefined ? listing.etag : null,
      lastError: result.error,
    });
  });
}

async function close(
  ctx: { db: Parameters<typeof saveSource>[0]; clock: Clock },
  source: VersionSource,
  values: Parameters<typeof saveSource>[2],
): Promise<void> {
  const now = ctx.clock.now();
  await saveSource(ctx.db, source.type, { lastError: null, ...values, lastAttemptAt: now, lastSuccessAt: now });
}

/** What may be shown: our own errors as they are, anything else by a fixed sentence. */
function toSourceError(thrown: unknown): { code: string; message: string } {
  if (isAppError(thrown)) return { code: thrown.code, message: thrown.message };
  if (isDatabaseDown(thrown)) return { code: "DATABASE_UNAVAILABLE", message: "The database could not be reached." };
  return { code: "INTERNAL", message: "Something went wrong on our side." };
}

/** For the log only: the innermost cause's own words. */
function reasonOf(thrown: unknown): string {
  const { cause, message } = thrown as { cause?: unknown; message?: unknown };
  return cause instanceof Error ? `${String(message)} ${cause.message.slice(0, 300)}` : String(message).slice(0, 300);
}
