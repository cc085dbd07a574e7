/**
 * Shares one load among simultaneous callers of the same key without ever handing out a stale answer: every caller gets
 * a load that began after its call. Per key at most one load runs and one waits, however many callers there are.
 */
export function coalesce<Value>(load: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const running = new Map<string, Promise<Value>>();
  const waiting = new Map<string, Promise<Value>>();

  const begin = (key: string): Promise<Value> => {
    const current = load(key).finally(() => {
      if (running.get(key) === current) running.delete(key);
    });
    running.set(key, current);
    return current;
  };

  return (key) => {
    const current = running.get(key);
    if (!current) return begin(key);
    const queued = waiting.get(key);
    if (queued) return queued;
    const next = current.then(noop, noop).then(() => {
      waiting.delete(key);
      return begin(key);
    });
    waiting.set(key, next);
    return next;
  };
}

function noop(): void {}
