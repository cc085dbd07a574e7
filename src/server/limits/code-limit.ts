import { eq, sql } from "drizzle-orm";
import type { Database } from "@/server/db/connect";
import type { Refusal } from "./call-limits";
import { rateLimits } from "./table";

/**
 * Wrong second-factor codes, by account and over all addresses: a code has six digits, so that only their number protects it.
 * Counted is who has given the right password or is signed in; nobody else can use another person's attempts up.
 */
export interface CodeLimit {
  /** Counts an attempt before the code is looked at: many at once do not slip through. What is refused does not count. */
  consume(userId: string): Promise<Refusal | null>;
  /** The attempt was right and does not count. */
  giveBack(userId: string): Promise<void>;
}

export const wrongCodesPerHour = 10;
const windowSeconds = 3600;

export function createCodeLimit(db: Database): CodeLimit {
  const keyOf = (userId: string) => `code:${userId}`;
  const freshEnd = sql`now() + make_interval(secs => ${windowSeconds})`;
  const isOver = sql`${rateLimits.expiresAt} <= now()`;
  const seconds = sql<number>`ceil(extract(epoch from ${rateLimits.expiresAt} - now()))`.mapWith(Number);
  return {
    async consume(userId) {
      const key = keyOf(userId);
      const counted = await db
        .insert(rateLimits)
        .values({ key, points: 1, expiresAt: freshEnd })
        .onConflictDoUpdate({
          target: rateLimits.key,
          set: {
            points: sql`case when ${isOver} then 1 else ${rateLimits.points} + 1 end`,
            expiresAt: sql`case when ${isOver} then ${freshEnd} else ${rateLimits.expiresAt} end`,
          },
          setWhere: sql`${isOver} or ${rateLimits.points} < ${wrongCodesPerHour}`,
        })
        .returning({ points: rateLimits.points });
      if (counted.length > 0) return null;
      const [row] = await db.select({ seconds }).from(rateLimits).where(eq(rateLimits.key, key)).limit(1);
      return { retryAfterSeconds: Math.max(1, row?.seconds ?? 1), limit: wrongCodesPerHour, windowSeconds };
    },
    async giveBack(userId) {
      await db
        .update(rateLimits)
        .set({ points: sql`greatest(${rateLimits.points} - 1, 0)` })
        .where(eq(rateLimits.key, keyOf(userId)));
    },
  };
}
