import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findPostmaster } from "@/server/db/embedded/postmaster-file";
import type { Bench, Live } from "../bench";
import { ensureListedServers } from "../ensure-listed-servers";
import type { Figure } from "../figure";
import { processTree, readPssMb } from "../process-facts";

const idleMs = 10_000;

interface Sizes {
  node: number;
  postgres: number;
}

/** Memory of mcsd and its database at rest, after the start and after a page was looked at. */
export async function measureMemory(bench: Bench): Promise<Figure[]> {
  await ensureListedServers(bench);
  await bench.stop();
  const live = await bench.live();
  await sleep(idleMs);
  const booted = readSizes(bench, live);
  await loadPage(live);
  await sleep(idleMs);
  const used = readSizes(bench, live);
  const bare = await readBareNode();

  const goal = { kind: "at most", value: 130 } as const;
  const figure = (name: string, ours: number, rest: Partial<Figure> = {}): Figure => {
    return { name: `memory (PSS), ${name}`, unit: "MiB", ours, reference: bare, measure: "value", goal: null, ...rest };
  };
  const note = "the reference is a Node that does nothing";
  return [
    figure("10 s after the start", booted.node + booted.postgres, { goal, note }),
    figure("10 s after a page was loaded", used.node + used.postgres, { goal, note }),
    figure("of that mcsd itself", used.node),
    figure("of that PostgreSQL", used.postgres, { reference: null }),
  ];
}

/** The postmaster need not be a child of mcsd: an adopted one is not. */
function readSizes({ dataDir }: Bench, { pid }: Live): Sizes {
  const postmaster = findPostmaster(join(dataDir, "postgres"));
  const database = postmaster ? processTree(postmaster.pid) : [];
  const sum = (pids: readonly number[]) => pids.reduce((total, one) => total + readPssMb(one), 0);
  return { node: sum(processTree(pid).filter((one) => !database.includes(one))), postgres: sum(database) };
}

/** What a browser does: the page, what it names, and the list. */
async function loadPage({ url, cookie, client }: Live): Promise<void> {
  const answer = await fetch(`${url}/servers`, { headers: { cookie } });
  const html = await answer.text();
  if (!answer.ok) throw new Error(`The page was not shown: ${answer.status}`);
  const assets = new Set(html.match(/\/_next\/static\/[^"'\\ ]+/g));
  for (const asset of assets) await (await fetch(url + asset)).arrayBuffer();
  await client.servers.list.query();
}

async function readBareNode(): Promise<number> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { stdio: "ignore" });
  await sleep(1000);
  const size = readPssMb(child.pid ?? 0);
  child.kill("SIGKILL");
  await once(child, "exit");
  return size;
}
