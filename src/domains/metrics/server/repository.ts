import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/server/db/connect";
import { servers } from "../../servers/server/table";
import { type HostValues, type MetricSeries, type ServerValues, sampleSeconds } from "../contract";
import { hostTable, list, type MetricTable, serverTable } from "./metric-tables";
import { floorTo } from "./roll-up";

/** One statement for all servers. A server that is deleted meanwhile is left out, and nobody else's row is lost for it. */
export async function insertServerSamples(
  db: Database,
  at: Date,
  samples: readonly { serverId: string; values: ServerValues }[],
): Promise<void> {
  if (samples.length === 0) return;
  const { table, columns } = serverTable;
  const wanted = JSON.stringify(samples.map(({ serverId, values }) => ({ ...values, id: serverId })));
  const fields = list(columns.map(({ name }) => sql`${sql.identifier(name)} real`));
  await db.execute(sql`
    insert into ${table} (server_id, step, at, ${list(columns.map(({ average }) => average))})
    select s.id, ${sampleSeconds}, ${at.toISOString()}::timestamptz, ${list(columns.map(({ name }) => sql`v.${sql.identifier(name)}`))}
    from jsonb_to_recordset(${wanted}::text::jsonb) as v(id uuid, ${fields}) join ${servers} as s on s.id = v.id
    for key share of s
    on conflict do nothing`);
}

export async function insertHostSample(db: Database, at: Date, values: HostValues): Promise<void> {
  const { table, columns } = hostTable;
  await db.execute(sql`
    insert into ${table} (step, at, ${list(columns.map(({ average }) => average))})
    values (${sampleSeconds}, ${at.toISOString()}::timestamptz, ${list(columns.map(({ name }) => sql`${values[name]}::real`))})
    on conflict do nothing`);
}

export interface Span {
  from: Date;
  stepSeconds: number;
  points: number;
}

/**
 * A table's rows as `points` points. Whole hours are taken for points of more than half an hour, whole minutes for others of more
 * than a sample, and finer rows for what is not summed up yet, each by the seconds that it stands for.
 */
export async function readSeries<Name extends string>(
  db: Database,
  target: MetricTable<Name>,
  subject: SQL | null,
  { span, now }: { span: Span; now: Date },
): Promise<Record<Name, MetricSeries | null>> {
  const { from, stepSeconds, points } = span;
  const end = new Date(from.getTime() + points * stepSeconds * 1000);
  const values = target.columns.flatMap(({ average, peak, worst }) => [
    sql`sum(${average} * step) / nullif(sum(step) filter (where ${average} is not null), 0)`,
    sql`${worst}(coalesce(${peak}, ${average}))`,
  ]);
  const rows = await db.execute(sql`
    select ${list([point(span), ...values].map((value, index) => sql`${value} as ${sql.identifier(String(index))}`))}
    from ${target.table}
    where ${subject ? sql`${target.subject} = ${subject} and` : sql``} (${sql.join(finest(stepSeconds, now), sql` or `)})
      and at >= ${from.toISOString()}::timestamptz and at < ${end.toISOString()}::timestamptz
    group by 1`);
  const hasPeaks = stepSeconds > sampleSeconds;
  const entries = target.columns.map(({ name }, index) => {
    const average = takeColumn(rows, points, 1 + 2 * index);
    if (average.every((value) => value === null)) return [name, null];
    return [name, { average, peak: hasPeaks ? takeColumn(rows, points, 2 + 2 * index) : null }];
  });
  return Object.fromEntries(entries) as Record<Name, MetricSeries | null>;
}

const point = ({ from, stepSeconds }: Span) =>
  sql`floor(extract(epoch from at - ${from.toISOString()}::timestamptz) / ${stepSeconds})::int`;

/** Conditions for the rows to take: no moment is in two of them. */
function finest(stepSeconds: number, now: Date): SQL[] {
  const since = (step: number) => sql`${new Date(floorTo(now.getTime(), step)).toISOString()}::timestamptz`;
  if (stepSeconds === sampleSeconds) return [sql`step = ${sampleSeconds}`];
  const samples = sql`(step = ${sampleSeconds} and at >= ${since(60)})`;
  if (stepSeconds < 3600) return [sql`(step = 60 and at < ${since(60)})`, samples];
  return [
    sql`(step = 3600 and at < ${since(3600)})`,
    sql`(step = 60 and at >= ${since(3600)} and at < ${since(60)})`,
    samples,
  ];
}

function takeColumn(rows: readonly Record<string, unknown>[], points: number, column: number): (number | null)[] {
  const values: (number | null)[] = Array.from({ length: points }, () => null);
  for (const row of rows) {
    const value = row[column];
    if (value !== null && value !== undefined) values[Number(row[0])] = Number(Number(value).toPrecision(6));
  }
  return values;
}
