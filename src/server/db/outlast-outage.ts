import type { Clock } from "@/server/clock";
import { isDatabaseDown } from "@/server/errors";

const pauseMs = 1000;

/**
 * Does work that may be done twice, again and again while the database is away: for what must not be left half done, such as
 * a row whose folder is gone already. Rejects with any other failure, and when mcsd closes: then it is settled at the next boot.
 */
export async function outlastOutage<Result>(
  work: () => Promise<Result>,
  { clock, shutdown }: { clock: Clock; shutdown: AbortSignal },
): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseDown(error)) throw error;
      await clock.sleep(pauseMs, shutdown);
    }
  }
}
