import { mapConcurrently } from "@/lib/map-concurrently";
import { AppError } from "@/server/errors";
import type { SourceBatch, SourceVersion } from "./version-source";

export interface BatchPlan<T> {
  /** What is read, most wanted first. */
  wanted: readonly T[];
  signal: AbortSignal;
  /** The version's id and what identifies its details from now on. */
  tagOf(item: T): readonly [version: string, tag: string];
  /** Entries of one version; an empty list when it has nothing to download. */
  read(item: T): Promise<readonly SourceVersion[]>;
}

const batchSize = 24;
const maxConcurrency = 6;
/** So many unreadable versions mean that the upstream itself is ill: no use in asking for hundreds more. */
const maxProblems = 10;

/**
 * Reads versions six at a time and yields them in batches. A version that cannot be read is a problem of its batch and stops
 * no other; at ten problems it gives up with UPSTREAM_FAILED, after yielding what was good.
 */
export async function* readInBatches<T>({ wanted, signal, tagOf, read }: BatchPlan<T>): AsyncIterable<SourceBatch> {
  let problems = 0;
  for (let at = 0; at < wanted.length; at += batchSize) {
    const batch: SourceBatch = { entries: [], tags: {}, problems: [] };
    await mapConcurrently(wanted.slice(at, at + batchSize), maxConcurrency, async (item) => {
      try {
        const entries = await read(item);
        const [version, tag] = tagOf(item);
        batch.entries.push(...entries);
        batch.tags[version] = tag;
      } catch (problem) {
        signal.throwIfAborted();
        batch.problems.push(problem);
      }
    });
    problems += batch.problems.length;
    yield batch;
    if (problems < maxProblems) continue;
    const options = { cause: batch.problems[0] };
    throw new AppError(
      "UPSTREAM_FAILED",
      `${problems} versions could not be read: gave up.`,
      { reason: "problems" },
      options,
    );
  }
}
