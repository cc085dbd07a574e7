import type { Ctx } from "@/server/context";
import type { Server } from "../../servers/contract";
import { listServers } from "../../servers/server/list-servers";
import type { ServerMetric } from "../contract";
import type { MetricFamily } from "./prometheus-text";

/** Newest samples of the servers that the actor reaches, of the machine and of mcsd itself. */
export async function collectFamilies(ctx: Ctx): Promise<MetricFamily[]> {
  const maySeeServers = ctx.actor.kind === "system" || ctx.actor.permissions.has("servers.view");
  const servers = maySeeServers ? await listServers(ctx) : [];
  return [...ofProgram(ctx), ...(await ofHost(ctx)), ...ofServers(ctx, servers)];
}

function ofProgram(ctx: Ctx): MetricFamily[] {
  const { user, system } = process.cpuUsage();
  return [
    gauge("mcsd_info", "Version of mcsd.", 1, { version: ctx.version }),
    gauge("process_start_time_seconds", "When mcsd started, in seconds since 1970.", startedAt()),
    gauge("process_resident_memory_bytes", "Memory that mcsd itself uses.", process.memoryUsage.rss()),
    {
      name: "process_cpu_seconds_total",
      help: "Processor time that mcsd itself has used.",
      type: "counter",
      samples: [{ value: (user + system) / 1e6 }],
    },
  ];
}

const startedAt = () => Math.round(Date.now() / 1000 - process.uptime());

async function ofHost({ metrics }: Ctx): Promise<MetricFamily[]> {
  const values = metrics.latestOfHost();
  const capacity = await metrics.hostCapacity();
  const newest = (name: keyof NonNullable<typeof values>) => values?.[name] ?? null;
  return [
    gauge("mcsd_host_cpu_busy_cores", "Processor cores of the machine that are busy.", newest("cpu")),
    gauge("mcsd_host_cpu_cores", "Processor cores of the machine.", capacity.cores),
    gauge("mcsd_host_load1", "Load average of one minute.", newest("load")),
    gauge("mcsd_host_memory_used_bytes", "Memory of the machine in use.", newest("memoryBytes")),
    gauge("mcsd_host_memory_bytes", "Memory of the machine.", capacity.memoryBytes),
    gauge("mcsd_host_disk_used_bytes", "Use of the disk with the data folder.", newest("diskBytes")),
    gauge("mcsd_host_disk_bytes", "Size of the disk with the data folder.", capacity.diskBytes),
    gauge("mcsd_host_network_received_bytes_per_second", "Received by all network cards.", newest("networkReceived")),
    gauge("mcsd_host_network_sent_bytes_per_second", "Sent by all network cards.", newest("networkSent")),
  ];
}

/** Names after `mcsd_server_`, in base units; milliseconds become seconds. */
const serverFamilies: readonly { metric: ServerMetric; name: string; help: string; factor?: number }[] = [
  { metric: "cpu", name: "cpu_busy_cores", help: "Processor cores that the server keeps busy." },
  { metric: "memoryBytes", name: "memory_bytes", help: "Resident memory of the server." },
  { metric: "diskBytes", name: "folder_bytes", help: "Size of the server's folder when it was last measured." },
  { metric: "diskRead", name: "disk_read_bytes_per_second", help: "Read from disks." },
  { metric: "diskWritten", name: "disk_written_bytes_per_second", help: "Written to disks." },
  { metric: "networkReceived", name: "network_received_bytes_per_second", help: "Received from the network." },
  { metric: "networkSent", name: "network_sent_bytes_per_second", help: "Sent to the network." },
  { metric: "playersOnline", name: "players", help: "Players in the game." },
  { metric: "playersMax", name: "players_max", help: "Players that there is room for." },
  { metric: "tps", name: "ticks_per_second", help: "Ticks per second; 20 is full speed." },
  { metric: "mspt", name: "tick_seconds", help: "Time that one tick works.", factor: 0.001 },
];

function ofServers({ metrics }: Ctx, servers: readonly Server[]): MetricFamily[] {
  const labelled = servers.map((server) => ({ server, labels: { server_id: server.id, name: server.name } }));
  const up: MetricFamily = {
    name: "mcsd_server_up",
    help: "1 while the server runs and players can join, else 0.",
    type: "gauge",
    samples: labelled.map(({ server, labels }) => ({
      labels: { ...labels, type: server.type, version: server.version, state: server.state },
      value: server.state === "running" ? 1 : 0,
    })),
  };
  const families = serverFamilies.map(({ metric, name, help, factor = 1 }): MetricFamily => {
    const samples = labelled.map(({ server, labels }) => {
      const value = metrics.latest(server.id)?.[metric] ?? null;
      return { labels, value: value === null ? null : value * factor };
    });
    return { name: `mcsd_server_${name}`, help, type: "gauge", samples };
  });
  return [up, ...families];
}

function gauge(name: string, help: string, value: number | null, labels?: Record<string, string>): MetricFamily {
  return { name, help, type: "gauge", samples: [{ labels, value }] };
}
