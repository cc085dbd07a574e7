import { eq, sql } from "drizzle-orm";
import type { Database } from "@/server/db/connect";
import type { Refusal } from "./call-limits";
import { rateLimits } from "./table";

/**
 * Wrong second-factor codes, by account and over all addresses: a code has six digits, so that only their number protects it.
 * Counted is who has given the right password or is signed in; nobody else can use another person's attempts up.
 */
export interface CodeLimit {
  /** Counts an attempt before the code is looked at: many at once do not slip through. Returns the refusal when there were too many. */
  consume(userId: string): Promise<Refusal | null>;
  /** The attempt was right and does not count. */
  giveBack(userId: string): Promise<void>;
}

export const wrongCodesPerHour = 10;
const windowSeconds = 3600;

export function createCodeLimit(db: Database): CodeLimit {
  const keyOf = (userId: string) => `code:${userId}`;
  const freshEnd = sql`now() + make_interval(secs => ${windowSeconds})`;
  return {
    async consume(userId) {
      const [row] = await db
        .insert(rateLimits)
        .values({ key: keyOf(userId), points: 1, expiresAt: freshEnd })
        .onConflictDoUpdate({
          target: rateLimits.key,
          set: {
            points: sql`case when ${rateLimits.expiresAt} <= now() then 1 else ${rateLimits.points} + 1 end`,
            expiresAt: sql`case when ${rateLimits.expiresAt} <= now() then ${freshEnd} else ${rateLimits.expiresAt} end`,
          },
        })
        .returning({
          points: rateLimits.points,
          seconds: sql<number>`ceil(extract(epoch from ${rateLimits.expiresAt} - now()))`.mapWith(Number),
        });
      if (!row || row.points <= wrongCodesPerHour) return null;
      return { retryAfterSeconds: Math.max(1, row.seconds), limit: wrongCodesPerHour, windowSeconds };
    },
    async giveBack(userId) {
      await db
        .update(rateLimits)
        .set({ points: sql`greatest(${rateLimits.points} - 1, 0)` })
        .where(eq(rateLimits.key, keyOf(userId)));
    },
  };
}
