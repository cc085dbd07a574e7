import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/server/db/connect";
import { sampleSeconds } from "../contract";
import { hostTable, list, type MetricTable, serverTable } from "./metric-tables";

/** What samples are summed up to, in seconds. Both are made of the samples themselves, so that averages are exact. */
export const rollUpSteps = [60, 3600] as const;
/** A statement sums up no more than this of the past, however long nobody did. */
const hoursAtOnce = 6;

/**
 * Sums up every minute and hour that is over and is not summed up yet. Each statement is whole or not at all and begins where the
 * last one that was committed ended: it may be cut off anywhere, and done again.
 */
export async function rollUp(db: Database, now: Date): Promise<void> {
  for (const step of rollUpSteps) {
    await rollUpTable(db, serverTable, step, now);
    await rollUpTable(db, hostTable, step, now);
  }
}

async function rollUpTable<Name extends string>(
  db: Database,
  target: MetricTable<Name>,
  step: number,
  now: Date,
): Promise<void> {
  const end = floorTo(now.getTime(), step);
  for (let from = await firstOpen(db, target, step, now); from !== null && from < end; ) {
    const to = Math.min(end, from + hoursAtOnce * 3_600_000);
    await db.execute(summingUp(target, step, new Date(from), new Date(to)));
    const next = await oldestSample(db, target, new Date(to));
    from = next === null ? null : Math.max(to, floorTo(next, step));
  }
}

/** Start of the first span that has samples and is not summed up. What claims to be of the future is left out. */
async function firstOpen<Name extends string>(
  db: Database,
  target: MetricTable<Name>,
  step: number,
  now: Date,
): Promise<number | null> {
  const [row] = await db.execute<{ at: string | null }>(sql`
    select (extract(epoch from max(at)) * 1000)::text as at from ${target.table}
    where step = ${step} and at <= ${now.toISOString()}::timestamptz`);
  const done = row?.at ? Number(row.at) + step * 1000 : 0;
  const oldest = await oldestSample(db, target, new Date(done));
  return oldest === null ? null : floorTo(oldest, step);
}

async function oldestSample<Name extends string>(
  db: Database,
  target: MetricTable<Name>,
  from: Date,
): Promise<number | null> {
  const [row] = await db.execute<{ at: string | null }>(sql`
    select (extract(epoch from min(at)) * 1000)::text as at from ${target.table}
    where step = ${sampleSeconds} and at >= ${from.toISOString()}::timestamptz`);
  return row?.at ? Number(row.at) : null;
}

function summingUp<Name extends string>(target: MetricTable<Name>, step: number, from: Date, to: Date): SQL {
  const subject = target.subject ? [target.subject] : [];
  const values = target.columns.flatMap(({ average, peak }) => [average, peak]);
  const sums = target.columns.flatMap(({ average, worst }) => [sql`avg(${average})`, sql`${worst}(${average})`]);
  const span = sql`date_bin(make_interval(secs => ${step}), at, 'epoch'::timestamptz)`;
  return sql`
    insert into ${target.table} (${list([...subject, sql`step`, sql`at`, ...values])})
    select ${list([...subject, sql`${step}::smallint`, sql`span`, ...sums])}
    from (select *, ${span} as span from ${target.table}) as sample
    where step = ${sampleSeconds} and at >= ${from.toISOString()}::timestamptz and at < ${to.toISOString()}::timestamptz
    group by ${list([...subject, sql`span`])}
    on conflict (${list([...subject, sql`step`, sql`at`])})
    do update set ${list(values.map((column) => sql`${column} = excluded.${column}`))}`;
}

/** The start of the span of `step` seconds that the moment lies in, in ms. */
export function floorTo(ms: number, step: number): number {
  return Math.floor(ms / (step * 1000)) * step * 1000;
}
