import { gt, lt, sql } from "drizzle-orm";
import type { Database } from "@/server/db/connect";
import { rateLimits } from "./table";

/** One window that is counted in. */
export interface Window {
  key: string;
  points: number;
  windowSeconds: number;
}

export interface Count {
  key: string;
  points: number;
  /** Until the window ends. */
  seconds: number;
}

export interface StoredCounts {
  /**
   * Counts one in every window, unless one of them is full: then nothing is counted, and that window is returned. However many
   * ask at once, no more than `points` get through; what is counted is on disk when this resolves.
   */
  take(windows: readonly Window[]): Promise<(Window & { seconds: number }) | null>;
  /** Every count whose window has not ended. */
  load(): Promise<Count[]>;
  save(counts: readonly Count[]): Promise<void>;
  removeEnded(): Promise<void>;
}

const savedAtOnce = 1000;

/** Counts in PostgreSQL, by the clock of the database: a restart forgets nothing. */
export function createStoredCounts(db: Database): StoredCounts {
  const inOrder = <Item extends { key: string }>(items: readonly Item[]) =>
    [...items].sort((a, b) => (a.key < b.key ? -1 : 1));

  return {
    async take(windows) {
      const keys = windows.map(({ key }) => key);
      const seconds = sql<number>`extract(epoch from ${rateLimits.expiresAt} - now())::float8`;
      const known = await db
        .select({ key: rateLimits.key, points: rateLimits.points, seconds })
        .from(rateLimits)
        .where(sql`${rateLimits.key} = any(${textArray(keys)}) and ${rateLimits.expiresAt} > now()`);
      const full = fullest(windows, known, (count, window) => count.points >= window.points);
      if (full) return full;
      // In the order of the keys, so that two who count in the same windows never wait for each other.
      const rows = inOrder(windows).map(
        ({ key, windowSeconds }) => sql`(${key}, 1, now() + make_interval(secs => ${windowSeconds}::float8))`,
      );
      const counted = await db.execute<{ key: string; points: number; seconds: number }>(sql`
        insert into rate_limits (key, points, expires_at) values ${sql.join(rows, sql`, `)}
        on conflict (key) do update set
          points = case when rate_limits.expires_at <= now() then 1 else rate_limits.points + 1 end,
          expires_at = case when rate_limits.expires_at <= now() then excluded.expires_at else rate_limits.expires_at end
        returning key, points, extract(epoch from expires_at - now())::float8 as seconds`);
      return fullest(windows, counted, (count, window) => count.points > window.points);
    },

    async load() {
      const seconds = sql<number>`extract(epoch from ${rateLimits.expiresAt} - now())::float8`;
      return db
        .select({ key: rateLimits.key, points: rateLimits.points, seconds })
        .from(rateLimits)
        .where(gt(rateLimits.expiresAt, sql`now()`));
    },

    async save(counts) {
      const sorted = inOrder(counts);
      for (let from = 0; from < sorted.length; from += savedAtOnce) {
        const rows = sorted
          .slice(from, from + savedAtOnce)
          .map(
            ({ key, points, seconds }) =>
              sql`(${key}, ${points}::int, now() + make_interval(secs => ${seconds}::float8))`,
          );
        await db.execute(sql`
          insert into rate_limits (key, points, expires_at) values ${sql.join(rows, sql`, `)}
          on conflict (key) do update set points = excluded.points, expires_at = excluded.expires_at`);
      }
    },

    async removeEnded() {
      await db.delete(rateLimits).where(lt(rateLimits.expiresAt, sql`now()`));
    },
  };
}

/** Of the windows that are over their limit the one that lasts longest. */
function fullest(
  windows: readonly Window[],
  counts: readonly Count[],
  isFull: (count: Count, window: Window) => boolean,
): (Window & { seconds: number }) | null {
  const full = windows.flatMap((window) => {
    const count = counts.find(({ key }) => key === window.key);
    return count && isFull(count, window) ? [{ ...window, seconds: Number(count.seconds) }] : [];
  });
  return full.sort((a, b) => b.seconds - a.seconds)[0] ?? null;
}

function textArray(values: readonly string[]) {
  return sql`array[${sql.join(
    values.map((value) => sql`${value}`),
    sql`, `,
  )}]::text[]`;
}
