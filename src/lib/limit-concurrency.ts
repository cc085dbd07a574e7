/** Runs what it is given, so many at a time; the rest waits in the order in which it came. Failures make room like successes. */
export function limitConcurrency(maxAtOnce: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (running >= maxAtOnce) await new Promise<void>((resolve) => queue.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // Who waits takes the place over: nobody can slip in between.
      const next = queue.shift();
      if (next) next();
      else running--;
    }
  };
}
