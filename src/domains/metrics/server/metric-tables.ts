import { type SQL, sql } from "drizzle-orm";
import { type HostMetric, hostMetricNames, type ServerMetric, serverMetricNames } from "../contract";
import { hostMetrics, serverMetrics } from "./table";

export interface MetricColumn<Name extends string> {
  name: Name;
  average: SQL;
  peak: SQL;
  /** The aggregate that finds the worst of several values. */
  worst: SQL;
}

/** A table of samples and what is summed up of them; every statement about either table is made of this. */
export interface MetricTable<Name extends string> {
  table: SQL;
  /** What tells one series from another beside its step; null: there is one alone. */
  subject: SQL | null;
  columns: readonly MetricColumn<Name>[];
}

export const serverTable: MetricTable<ServerMetric> = {
  table: sql`${serverMetrics}`,
  subject: sql.identifier(serverMetrics.serverId.name).getSQL(),
  columns: serverMetricNames.map((name) => ({
    name,
    average: sql`${sql.identifier(serverMetrics[name].name)}`,
    peak: sql`${sql.identifier(serverMetrics[`${name}Peak`].name)}`,
    worst: name === "tps" ? sql`min` : sql`max`,
  })),
};

export const hostTable: MetricTable<HostMetric> = {
  table: sql`${hostMetrics}`,
  subject: null,
  columns: hostMetricNames.map((name) => ({
    name,
    average: sql`${sql.identifier(hostMetrics[name].name)}`,
    peak: sql`${sql.identifier(hostMetrics[`${name}Peak`].name)}`,
    worst: sql`max`,
  })),
};

export const list = (parts: readonly SQL[]): SQL => sql.join([...parts], sql`, `);
