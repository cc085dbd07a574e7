import { createHash } from "node:crypto";

export const databaseUser = "mcsd";
export const databaseName = "mcsd";

/**
 * Settings for a small database beside a busy Node: about 20 MB in all, four helper processes. Durability is untouched
 * (fsync, full_page_writes and synchronous_commit stay on). Given on the command line, so that a new mcsd's settings
 * reach an old cluster. Source: PostgreSQL 18 documentation, chapter 19.
 */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "16MB",
  max_connections: "40",
  work_mem: "4MB",
  maintenance_work_mem: "32MB",
  jit: "off",
  io_method: "sync",
  wal_level: "minimal",
  max_wal_senders: "0",
  wal_compression: "on",
  min_wal_size: "16MB",
  max_wal_size: "128MB",
  max_logical_replication_workers: "0",
  max_worker_processes: "0",
  max_parallel_workers: "0",
  max_parallel_workers_per_gather: "0",
  max_parallel_maintenance_workers: "0",
  autovacuum_max_workers: "1",
  autovacuum_worker_slots: "1",
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  // A backend whose mcsd was killed in the middle of a query notices within this time and frees its locks.
  client_connection_check_interval: "2s",
  idle_in_transaction_session_timeout: "5min",
  // Above ERROR on purpose: a unique violation is everyday business here, and the log must stay small.
  log_min_messages: "log",
  log_checkpoints: "off",
  log_autovacuum_min_duration: "-1",
  TimeZone: "UTC",
  log_timezone: "UTC",
} as const satisfies Record<string, string>;

export type PostgresSettings = Readonly<Record<string, string>>;

/** All settings as `postgres` arguments. `cluster_name` carries a fingerprint, by which a running postmaster is known to be current. */
export function postgresArguments(options: { clusterName: string; port: number; extra?: PostgresSettings }): string[] {
  const all = { ...settings, ...options.extra, cluster_name: options.clusterName, port: String(options.port) };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

export function clusterNameFor(version: string, extra: PostgresSettings = {}): string {
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([version, settings, extra]))
    .digest("hex");
  return `mcsd-${fingerprint.slice(0, 12)}`;
}
