import { index, pgTable, primaryKey, real, smallint, timestamp, uuid } from "drizzle-orm/pg-core";
import { servers } from "../../servers/server/table";

/** Seconds that a row stands for: a sample, a minute, an hour. */
const step = () => smallint("step").notNull();
const at = () => timestamp("at", { withTimezone: true }).notNull();

/**
 * A row is the average of the `step` seconds from `at` on, in the units of the contract; `peak` the worst sample in them (null in
 * samples themselves). Four bytes a number: seven digits are more than a chart shows, and a null takes none.
 */
export const serverMetrics = pgTable(
  "server_metrics",
  {
    serverId: uuid("server_id")
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    step: step(),
    at: at(),
    cpu: real("cpu"),
    cpuPeak: real("cpu_peak"),
    memoryBytes: real("memory_bytes"),
    memoryBytesPeak: real("memory_bytes_peak"),
    diskBytes: real("disk_bytes"),
    diskBytesPeak: real("disk_bytes_peak"),
    diskRead: real("disk_read"),
    diskReadPeak: real("disk_read_peak"),
    diskWritten: real("disk_written"),
    diskWrittenPeak: real("disk_written_peak"),
    networkReceived: real("network_received"),
    networkReceivedPeak: real("network_received_peak"),
    networkSent: real("network_sent"),
    networkSentPeak: real("network_sent_peak"),
    playersOnline: real("players_online"),
    playersOnlinePeak: real("players_online_peak"),
    playersMax: real("players_max"),
    playersMaxPeak: real("players_max_peak"),
    tps: real("tps"),
    tpsPeak: real("tps_peak"),
    mspt: real("mspt"),
    msptPeak: real("mspt_peak"),
  },
  (table) => [
    primaryKey({ columns: [table.serverId, table.step, table.at] }),
    index("server_metrics_step").on(table.step, table.at),
  ],
);

export const hostMetrics = pgTable(
  "host_metrics",
  {
    step: step(),
    at: at(),
    cpu: real("cpu"),
    cpuPeak: real("cpu_peak"),
    memoryBytes: real("memory_bytes"),
    memoryBytesPeak: real("memory_bytes_peak"),
    load: real("load"),
    loadPeak: real("load_peak"),
    diskBytes: real("disk_bytes"),
    diskBytesPeak: real("disk_bytes_peak"),
    networkReceived: real("network_received"),
    networkReceivedPeak: real("network_received_peak"),
    networkSent: real("network_sent"),
    networkSentPeak: real("network_sent_peak"),
  },
  (table) => [primaryKey({ columns: [table.step, table.at] })],
);
