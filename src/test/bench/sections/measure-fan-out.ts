import { setTimeout as sleep } from "node:timers/promises";
import type { Bench } from "../bench";
import { consoleStreamUrl } from "../event-stream";
import type { Figure } from "../figure";
import { withStartedServer } from "../make-server";
import { readCpuSeconds } from "../process-facts";
import { type RoleProcess, startRole } from "../role";
import type { CountAnswer, SubscriberQuestion } from "../run-subscribers";
import { median } from "../statistics";

const count = 100;
const perSecond = 1000;
const seconds = 10;
const idleMs = 3000;

interface FanOut {
  /** Process that serves the streams. */
  pid: number;
  url: string;
  headers: Record<string, string>;
  flood(total: number): Promise<unknown>;
}

interface Load {
  busy: number;
  idle: number;
  wrong: number;
}

/** Share of a core that 1,000 lines a second to 100 subscribers cost, beyond what the same connections cost in silence. */
export async function measureFanOut(bench: Bench): Promise<Figure[]> {
  const live = await bench.live();
  const plain = startRole("plain-stream");
  try {
    const plainUrl = `http://127.0.0.1:${await plain.ask<number>("listen")}/`;
    const reference: FanOut = {
      pid: plain.pid,
      url: plainUrl,
      headers: {},
      flood: (total) => plain.ask({ total, perSecond }),
    };
    return await withStartedServer(bench, "stand-in", async (server) => {
      const ours: FanOut = {
        pid: live.pid,
        url: consoleStreamUrl(live.url, server.id),
        headers: { authorization: `Bearer ${live.token}` },
        flood: (total) =>
          live.client.console.command.mutate({ serverId: server.id, command: `flood ${total} ${perSecond}` }),
      };
      const loads: Load[] = [];
      const plainLoads: Load[] = [];
      for (let round = bench.options.rounds ?? 3; round > 0; round--) {
        // The total tells the rounds apart.
        loads.push(await measureLoad(ours, seconds * perSecond + round));
        plainLoads.push(await measureLoad(reference, seconds * perSecond + round));
      }
      return toFigures(loads, plainLoads);
    });
  } finally {
    await plain.end();
  }
}

function toFigures(loads: readonly Load[], plainLoads: readonly Load[]): Figure[] {
  const percent = (list: readonly Load[], of: (load: Load) => number) => median(list.map(of)) * 100;
  const beyondIdle = ({ busy, idle }: Load) => busy - idle;
  const common = { unit: "% of a core", measure: "value" } as const;
  return [
    {
      ...common,
      name: "fan-out of 1,000 lines/s to 100, CPU",
      ours: percent(loads, beyondIdle),
      reference: percent(plainLoads, beyondIdle),
      goal: { kind: "at most", value: 15 },
      note: "the reference writes made-up lines, encoded once, in batches of 50 ms: no log, no sign-in, no tRPC",
    },
    {
      ...common,
      name: "the same 100 streams in silence, CPU",
      ours: percent(loads, ({ idle }) => idle),
      reference: percent(plainLoads, ({ idle }) => idle),
      goal: null,
    },
    {
      name: "fan-out: lines lost or doubled, all subscribers",
      unit: "",
      ours: loads.reduce((sum, { wrong }) => sum + wrong, 0),
      reference: plainLoads.reduce((sum, { wrong }) => sum + wrong, 0),
      measure: "value",
      goal: { kind: "at most", value: 0 },
    },
  ];
}

async function measureLoad({ pid, url, headers, flood }: FanOut, total: number): Promise<Load> {
  const subscribers: RoleProcess = startRole("subscribers");
  try {
    await subscribers.ask({ kind: "open", url, headers, count } satisfies SubscriberQuestion);
    await sleep(1000);
    const idle = await shareDuring(pid, () => sleep(idleMs));
    let wrong = 0;
    const busy = await shareDuring(pid, async () => {
      const question = { kind: "count", total, limitMs: seconds * 3000 } as const satisfies SubscriberQuestion;
      const counted = subscribers.ask<CountAnswer>(question);
      await flood(total);
      for (const { lost, doubled } of (await counted).subscribers) wrong += lost + doubled;
    });
    return { idle, busy, wrong };
  } finally {
    await subscribers.end();
  }
}

/** Share of one core that the process used meanwhile. */
async function shareDuring(pid: number, work: () => Promise<unknown>): Promise<number> {
  const [startedAt, before] = [performance.now(), readCpuSeconds(pid)];
  await work();
  return (readCpuSeconds(pid) - before) / ((performance.now() - startedAt) / 1000);
}
