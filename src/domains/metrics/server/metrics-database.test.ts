import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { insertUser } from "@/domains/auth/server/repository";
import { servers } from "@/domains/servers/server/table";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { type HostValues, hostMetricNames, type ServerValues, serverMetricNames } from "../contract";
import { hostTable, serverTable } from "./metric-tables";
import { pruneMetrics } from "./prune-metrics";
import { spanOf } from "./read-metrics";
import { insertHostSample, insertServerSamples, readSeries } from "./repository";
import { rollUp } from "./roll-up";

let database: TestDatabase;
const [a, b] = [randomUUID(), randomUUID()];
const day = Date.parse("2026-05-04T00:00:00Z");
const at = (seconds: number) => new Date(day + seconds * 1000);

beforeAll(async () => {
  database = await createTestDatabase();
  const owner = { username: "owner", passwordHash: "", role: "user", isApproved: true } as const;
  const ownerId = (await insertUser(database.db, owner)).id;
  for (const [index, id] of [a, b].entries()) {
    const crashPolicy = { restart: false, maxTries: 1, windowMinutes: 1 };
    const what = { type: "custom", launchKind: "host", version: "1", memoryMb: 128, requiredJava: 17 } as const;
    const place = { port: 25_565 + index, rconPort: 30_000 + index, rconPassword: "", crashPolicy };
    await database.db.insert(servers).values({ ...what, ...place, id, name: `S${index}`, slug: `s${index}`, ownerId });
  }
});
afterAll(() => database.drop());
beforeEach(() => database.db.execute(sql`truncate server_metrics, host_metrics`));

const serverValues = (known: Partial<ServerValues>) =>
  ({ ...Object.fromEntries(serverMetricNames.map((name) => [name, null])), ...known }) as ServerValues;
const hostValues = (known: Partial<HostValues>) =>
  ({ ...Object.fromEntries(hostMetricNames.map((name) => [name, null])), ...known }) as HostValues;

/** Samples of `a` every 15 s: cpu counts up from 0, tps down from 20. */
async function fill(fromSeconds: number, toSeconds: number, serverId = a) {
  await database.db.execute(sql`
    insert into server_metrics (server_id, step, at, cpu, tps)
    select ${serverId}::uuid, 15, ${at(0).toISOString()}::timestamptz + make_interval(secs => s), s / 15, 20 - s / 15 % 20
    from generate_series(${fromSeconds}::int, ${toSeconds - 15}::int, 15) as s`);
}

const rowsOf = async (step: number) =>
  (
    await database.db.execute<{ seconds: string; cpu: number | null; peak: number | null; worst: number | null }>(sql`
      select extract(epoch from at) - ${day / 1000} as seconds, cpu, cpu_peak as peak, tps_peak as worst
      from server_metrics where server_id = ${a}::uuid and step = ${step} order by at`)
  ).map(({ seconds, cpu, peak, worst }) => [Number(seconds), cpu, peak, worst]);

it("sums up whole minutes and hours with averages, highest and, of ticks, lowest values", async () => {
  await fill(0, 7260);
  await rollUp(database.db, at(7290));
  expect((await rowsOf(60)).slice(0, 2)).toEqual([
    [0, 1.5, 3, 17],
    [60, 5.5, 7, 13],
  ]);
  expect(await rowsOf(60)).toHaveLength(121);
  expect(await rowsOf(3600)).toEqual([
    [0, 119.5, 239, 1],
    [3600, 359.5, 479, 1],
  ]);
});

it("may be done again, cut off anywhere, and long after", async () => {
  const untouched = async () => ({ minutes: await rowsOf(60), hours: await rowsOf(3600) });
  await fill(0, 86_400);
  for (const seconds of [30, 90, 95, 4000, 4000]) await rollUp(database.db, at(seconds));
  expect(await rowsOf(60)).toHaveLength(66);
  // A step that was cut off: hours were done, minutes were not.
  await rollUp(database.db, at(50_000));
  await database.db.execute(sql`delete from server_metrics where step = 60 and at >= ${at(30_000).toISOString()}`);
  await rollUp(database.db, at(100_000));
  const pieces = await untouched();
  await rollUp(database.db, at(100_000));
  expect(await untouched()).toEqual(pieces);
  await database.db.execute(sql`delete from server_metrics where step > 15`);
  await rollUp(database.db, at(100_000));
  expect(await untouched()).toEqual(pieces);
  expect(pieces.hours).toHaveLength(24);
});

it("does not lose what was summed up when its samples have gone, nor stop at a row from the future", async () => {
  await fill(0, 3600);
  await rollUp(database.db, at(3600));
  const before = await rowsOf(3600);
  await database.db.execute(sql`delete from server_metrics where step = 15 and at < ${at(3000).toISOString()}`);
  await database.db.execute(sql`
    insert into server_metrics (server_id, step, at, cpu) values (${a}::uuid, 60, ${at(9_000_000).toISOString()}, 1)`);
  await fill(3600, 3720);
  await rollUp(database.db, at(3720));
  expect(await rowsOf(3600)).toEqual(before);
  expect((await rowsOf(60)).map(([seconds]) => seconds)).toContain(3660);
});

it("keeps samples a day, minutes a week and hours a year", async () => {
  await fill(0, 3600);
  await fill(86_400, 90_000);
  await rollUp(database.db, at(90_000));
  const counts = async () => [(await rowsOf(15)).length, (await rowsOf(60)).length, (await rowsOf(3600)).length];
  await pruneMetrics(database.db, at(89_999));
  expect(await counts()).toEqual([480, 120, 2]);
  await pruneMetrics(database.db, at(90_000));
  expect(await counts()).toEqual([240, 120, 2]);
  await pruneMetrics(database.db, at(3600 + 7 * 86_400));
  expect(await counts()).toEqual([0, 60, 2]);
  await pruneMetrics(database.db, at(3600 + 365 * 86_400));
  expect(await counts()).toEqual([0, 0, 1]);
});

it("writes one row per server, and none for one that is gone", async () => {
  const samples = [
    { serverId: a, values: serverValues({ cpu: 0.5, memoryBytes: 3e9, playersOnline: 7 }) },
    { serverId: randomUUID(), values: serverValues({ cpu: 9 }) },
    { serverId: b, values: serverValues({}) },
  ];
  for (let times = 0; times < 2; times++) await insertServerSamples(database.db, at(0), samples);
  const rows = await database.db.execute(sql`select server_id, cpu, memory_bytes, players_online from server_metrics`);
  expect([...rows].sort((one, other) => Number(other.cpu) - Number(one.cpu))).toEqual([
    { server_id: a, cpu: 0.5, memory_bytes: 3e9, players_online: 7 },
    { server_id: b, cpu: null, memory_bytes: null, players_online: null },
  ]);
});

const read = (range: Parameters<typeof spanOf>[0], now: Date, serverId = a) =>
  readSeries(database.db, serverTable, sql`${serverId}::uuid`, { span: spanOf(range, now), now });

it("shows an hour sample by sample, with gaps where the server did not run", async () => {
  await fill(0, 600);
  await fill(1200, 3600);
  const { cpu, tps, mspt } = await read("1h", at(3607));
  expect(cpu?.average).toHaveLength(240);
  expect(cpu?.average.slice(38, 42)).toEqual([38, 39, null, null]);
  expect(cpu?.average.slice(79, 82)).toEqual([null, 80, 81]);
  expect(cpu?.average.at(-1)).toBe(239);
  expect(tps?.peak).toBeNull();
  expect(mspt).toBeNull();
  expect((await read("1h", at(3607), b)).cpu).toBeNull();
});

it("shows longer ranges in at most 360 points that reach up to now, each moment counted once", async () => {
  await fill(0, 86_400);
  const now = at(86_400 - 480);
  await rollUp(database.db, now);
  const dayLong = (await read("24h", now)).cpu;
  expect(dayLong?.average).toHaveLength(288);
  // Five minutes are 20 samples: the last point has three minutes, some not summed up yet.
  expect(dayLong?.average.at(-2)).toBe(5720 - 20 + 9.5);
  expect(dayLong?.average[0]).toBeNull();
  expect(dayLong?.peak?.at(-2)).toBe(5719);
  for (const range of ["7d", "30d"] as const) {
    const { cpu, tps } = await read(range, now);
    expect(cpu?.average.length).toBeLessThanOrEqual(360);
    const known = cpu?.average.filter((value) => value !== null) ?? [];
    const step = range === "7d" ? 120 : 480;
    expect(known[1]).toBeCloseTo(step + (step - 1) / 2, 1);
    expect(known).toHaveLength(range === "7d" ? 48 : 12);
    expect(Math.min(...(tps?.peak?.filter((value) => value !== null) ?? []))).toBe(1);
  }
});

it("keeps and sums up the machine's row beside the servers'", async () => {
  for (let seconds = 0; seconds < 120; seconds += 15)
    await insertHostSample(database.db, at(seconds), hostValues({ cpu: seconds, load: 0.5 }));
  await rollUp(database.db, at(120));
  const now = at(120);
  const { cpu, load, diskBytes } = await readSeries(database.db, hostTable, null, { span: spanOf("24h", now), now });
  expect([cpu?.average.at(-1), cpu?.peak?.at(-1), load?.average.at(-1), diskBytes]).toEqual([52.5, 105, 0.5, null]);
});
