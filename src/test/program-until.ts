import { setTimeout as delay } from "node:timers/promises";

const pauseMs = 50;

/** Asks again and again until there is an answer; rejects after `ms` with what was waited for. For what sends no event. */
export async function until<T>(ask: () => Promise<T | null | false>, what: string, ms = 20_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`Not in ${ms} ms: ${what}`);
    await delay(pauseMs);
  }
}
