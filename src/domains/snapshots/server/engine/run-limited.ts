/**
 * Runs `work` on every item with at most `limit` at a time. After a failure nothing new begins; it rejects with the first
 * one once everything that had begun has ended, so that the caller may clear up.
 */
export async function runLimited<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let failure: { error: unknown } | null = null;
  const lane = async () => {
    while (failure === null) {
      const { done, value } = iterator.next();
      if (done) return;
      try {
        await work(value);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, lane));
  const failed = failure as { error: unknown } | null;
  if (failed) throw failed.error;
}
