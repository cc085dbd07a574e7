import { sql } from "drizzle-orm";
import type { Database } from "@/server/db/connect";
import { hostTable, type MetricTable, serverTable } from "./metric-tables";
import { floorTo } from "./roll-up";

const hour = 3600;
/** How long rows of each step are kept, in seconds. */
const kept = { 15: 24 * hour, 60: 7 * 24 * hour, 3600: 365 * 24 * hour } as const;
/** Rows that one statement removes, and statements in one go: the rest waits for the next. */
const rowsAtOnce = 10_000;
const statements = 20;

/** Removes what is older than it is kept, in whole hours. To be called after `rollUp`, which must have seen the samples. */
export async function pruneMetrics(db: Database, now: Date): Promise<void> {
  let left = statements;
  for (const [step, seconds] of Object.entries(kept)) {
    const before = new Date(floorTo(now.getTime() - seconds * 1000, hour));
    for (const target of [serverTable, hostTable]) {
      while (left > 0) {
        left--;
        if ((await removeSome(db, target, Number(step), before)) < rowsAtOnce) break;
      }
    }
  }
}

async function removeSome<Name extends string>(
  db: Database,
  target: MetricTable<Name>,
  step: number,
  before: Date,
): Promise<number> {
  // In order, so that the index is used: the planner takes `step` and `at` for independent and would read the whole table.
  const { count } = await db.execute(sql`
    delete from ${target.table} where ctid = any(array(
      select ctid from ${target.table} where step = ${step} and at < ${before.toISOString()}::timestamptz
      order by step, at limit ${rowsAtOnce}))`);
  return count;
}
