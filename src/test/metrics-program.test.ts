import { afterAll, beforeAll, expect, it } from "vitest";
import type { MetricSeries } from "@/domains/metrics/contract";
import type { ServerEvent } from "@/domains/servers/contract";
import { createClient } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { addPerson } from "./program-people";
import { addServer } from "./program-servers";
import { openStream } from "./program-stream";
import { until } from "./program-until";

let program: Program;

beforeAll(async () => {
  program = await startProgram();
}, 60_000);
afterAll(() => program.end());

const known = (series: MetricSeries | null) => series?.average.filter((value) => value !== null) ?? [];

/** One test for all of it: a sample comes every 15 seconds, and to wait for it once is enough. */
it("tells what servers and the machine do: stored, live and to Prometheus", { timeout: 90_000 }, async () => {
  const admin = await program.admin();
  const behaviour = { "tick.ms": "80", "console.style": "paper" };
  const { id: serverId } = await addServer(program, admin, {
    name: "Busy one",
    type: "paper",
    build: "900",
    behaviour,
  });
  const [operator, stranger] = await Promise.all([addPerson(program.db, { role: "operator" }), addPerson(program.db)]);
  const streams = await Promise.all(
    [operator, stranger].map(({ token }) =>
      openStream(program.url, { path: "servers.events", credentials: { token } }),
    ),
  );
  const told = (index: number) =>
    (streams[index]?.events ?? []).filter((event) => ["metrics", "host"].includes((event as ServerEvent).kind));
  const server = createClient({ url: program.url, token: operator.token });

  await admin.servers.start.mutate({ serverId, wait: true });
  await admin.console.command.mutate({ serverId, command: "join steve" });
  await admin.console.command.mutate({ serverId, command: "busy 80000" });
  const { series } = await until(
    async () => {
      const history = await server.metrics.server.query({ serverId, range: "1h" });
      const { cpu, diskBytes } = history.series;
      return Math.max(0, ...known(cpu)) > 0.3 && known(diskBytes).length > 0 && history;
    },
    "a busy server shows in a sample",
    50_000,
  );
  expect(known(series.tps).at(-1)).toBe(12.5);
  expect(known(series.mspt).at(-1)).toBe(80);
  expect([known(series.playersOnline).at(-1), known(series.playersMax).at(-1)]).toEqual([1, 20]);
  expect(known(series.memoryBytes).at(-1)).toBeGreaterThan(20_000_000);
  expect(known(series.diskBytes).at(-1)).toBeGreaterThan(10_000);
  expect(series.networkReceived).toBeNull();
  // Longer ranges hold what is not summed up yet.
  expect(known((await admin.servers.metrics.query({ serverId, range: "30d" })).series.cpu)).toHaveLength(1);
  const host = await server.metrics.host.query({});
  expect(known(host.series.cpu).at(-1)).toBeGreaterThan(0);
  expect(known(host.series.memoryBytes).at(-1)).toBeLessThan(host.capacity.memoryBytes);

  // The sample went to those who see it, and to nobody else.
  expect(told(0)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: "metrics", serverId, values: expect.objectContaining({ tps: 12.5 }) }),
      expect.objectContaining({ kind: "host" }),
    ]),
  );
  expect(told(1)).toEqual([]);

  const scrape = (token: string) =>
    fetch(`${program.url}/api/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const answer = await scrape(operator.token);
  expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  const text = await answer.text();
  const labels = `{server_id="${serverId}",name="Busy one"}`;
  expect(Number(text.split(`mcsd_server_cpu_busy_cores${labels} `)[1]?.split("\n")[0])).toBeGreaterThan(0.3);
  expect(text).toContain(`\nmcsd_server_tick_seconds${labels} 0.08\n`);
  expect(text).toMatch(/^mcsd_host_memory_used_bytes \d+$/m);
  expect((await scrape(stranger.token)).status).toBe(403);

  // What mcsd asks by itself is nobody's command, and is not in the log.
  const { items } = await admin.system.audit.query({ action: "console.command" });
  expect(items).toHaveLength(2);
  const { lines } = await admin.console.logs.query({ serverId, lines: 500 });
  expect(lines.map((line) => line.text).join("\n")).not.toMatch(/TPS from last|tick times/);
  for (const stream of streams) stream.close();
  await admin.servers.kill.mutate({ serverId, wait: true });
});
