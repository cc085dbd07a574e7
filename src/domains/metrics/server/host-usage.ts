import { readFile, statfs } from "node:fs/promises";
import { cpus, freemem, loadavg, platform, totalmem } from "node:os";
import type { HostCapacity, HostValues } from "../contract";

interface Reading {
  atMs: number;
  cpu: { busy: number; total: number };
  network: { received: number; sent: number } | null;
}

/** Reads what the machine is doing, as averages since the last call; what needs one is null at the first. */
export function createHostUsage(dataFolder: string): {
  read(): Promise<HostValues>;
  capacity(): Promise<HostCapacity>;
} {
  let last: Reading | null = null;
  return {
    async read() {
      const [network, disk] = await Promise.all([readNetwork(), statfs(dataFolder).catch(() => null)]);
      const now: Reading = { atMs: performance.now(), cpu: readCpu(), network };
      const before = last;
      last = now;
      const seconds = before ? (now.atMs - before.atMs) / 1000 : 0;
      const rate = (name: "received" | "sent") => {
        const [from, to] = [before?.network?.[name], now.network?.[name]];
        return from === undefined || to === undefined || to < from || seconds <= 0 ? null : (to - from) / seconds;
      };
      return {
        cpu: before ? busyCores(before.cpu, now.cpu) : null,
        memoryBytes: totalmem() - freemem(),
        // Windows has none.
        load: platform() === "win32" ? null : (loadavg()[0] ?? null),
        diskBytes: disk ? (disk.blocks - disk.bfree) * disk.bsize : null,
        networkReceived: rate("received"),
        networkSent: rate("sent"),
      };
    },
    async capacity() {
      const { blocks, bsize } = await statfs(dataFolder);
      return { cores: cpus().length, memoryBytes: totalmem(), diskBytes: blocks * bsize };
    },
  };
}

function readCpu(): Reading["cpu"] {
  let [busy, total] = [0, 0];
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.irq + times.idle;
    busy += all - times.idle;
    total += all;
  }
  return { busy, total };
}

function busyCores(from: Reading["cpu"], to: Reading["cpu"]): number | null {
  const total = to.total - from.total;
  return total > 0 ? Math.max(0, ((to.busy - from.busy) / total) * cpus().length) : null;
}

/** Links inside the machine, which would count the bytes of another one again: loopback, containers, bridges, tunnels. */
const inner = /^(?:lo|docker\d|br-|veth|virbr|cni|flannel|cali|tun|tap|wg|dummy|ifb)/;

/** /proc/net/dev (proc(5)): after the name, received bytes first and sent bytes ninth. */
export function sumNetwork(text: string): { received: number; sent: number } | null {
  let sum: { received: number; sent: number } | null = null;
  for (const line of text.split("\n")) {
    const [, name, rest] = /^\s*([^\s:]+):\s*(.+)$/.exec(line) ?? [];
    if (!name || !rest || inner.test(name)) continue;
    const fields = rest.trim().split(/\s+/);
    const before: { received: number; sent: number } = sum ?? { received: 0, sent: 0 };
    sum = { received: before.received + Number(fields[0]), sent: before.sent + Number(fields[8]) };
  }
  return sum;
}

async function readNetwork(): Promise<Reading["network"]> {
  return sumNetwork(await readFile("/proc/net/dev", "latin1").catch(() => ""));
}
