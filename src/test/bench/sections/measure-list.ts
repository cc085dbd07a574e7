import autocannon from "autocannon";
import superjson from "superjson";
import type { Bench } from "../bench";
import { ensureListedServers, listedServers } from "../ensure-listed-servers";
import type { Figure } from "../figure";
import { startRole } from "../role";
import { median } from "../statistics";

const connectionCounts = [1, 10, 100] as const;
const seconds = 2;

/** Requests per second for the list of 50 servers, against a plain server that turns the same rows into JSON every time. */
export async function measureList(bench: Bench): Promise<Figure[]> {
  const live = await bench.live();
  const rows = await ensureListedServers(bench);
  const url = `${live.url}/api/trpc/servers.list`;
  const cookie = { cookie: live.cookie };
  const token = { authorization: `Bearer ${live.token}` };
  await requireList(url, cookie);
  await requireList(url, token);

  const plain = startRole("plain-list");
  try {
    // Dates as text, which is what is sent: the plain server has nothing to do that ours would not have.
    const plainUrl = `http://127.0.0.1:${await plain.ask<number>({ rows: JSON.parse(JSON.stringify(rows)) })}/`;
    const figures: Figure[] = [];
    for (const connections of connectionCounts) {
      const runs = { cookie: [] as number[], token: [] as number[], plain: [] as number[] };
      for (let round = bench.options.rounds ?? 3; round > 0; round--) {
        runs.plain.push(await requestsPerSecond(plainUrl, {}, connections));
        runs.cookie.push(await requestsPerSecond(url, cookie, connections));
        runs.token.push(await requestsPerSecond(url, token, connections));
      }
      const name = `list of ${listedServers}, ${connections} connection${connections === 1 ? "" : "s"}`;
      const common = { unit: "req/s", reference: median(runs.plain), measure: "ratio" } as const;
      const goal = connections === 1 ? null : ({ kind: "at least", value: 0.4 } as const);
      figures.push({ ...common, name: `${name}, session`, ours: median(runs.cookie), goal });
      figures.push({ ...common, name: `${name}, API token`, ours: median(runs.token), goal });
    }
    return figures;
  } finally {
    await plain.end();
  }
}

async function requestsPerSecond(url: string, headers: Record<string, string>, connections: number): Promise<number> {
  const result = await autocannon({ url, headers, connections, duration: seconds });
  const failed = result.errors + result.timeouts + result.non2xx;
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests to ${url} failed.`);
  return result.requests.total / result.duration;
}

/** What is measured must be the answer, and nobody else's. */
async function requireList(url: string, headers: Record<string, string>): Promise<void> {
  if ((await fetch(url)).status !== 401) throw new Error("The list was shown to a stranger.");
  const answer = (await (await fetch(url, { headers })).json()) as {
    result?: { data: Parameters<typeof superjson.deserialize>[0] };
  };
  const servers = answer.result ? superjson.deserialize<unknown[]>(answer.result.data) : [];
  if (servers.length !== listedServers)
    throw new Error(`The list has ${servers.length} servers instead of ${listedServers}.`);
}
