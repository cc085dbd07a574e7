import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Bench } from "../bench";
import { consoleStreamUrl } from "../event-stream";
import type { Figure } from "../figure";
import { withStartedServer } from "../make-server";
import { startRole } from "../role";
import type { SubscriberQuestion } from "../run-subscribers";
import { percentile } from "../statistics";

interface Pace {
  name: string;
  lines: number;
  perSecond: number;
  goal: Figure["goal"];
}

const paces: readonly Pace[] = [
  { name: "one by one", lines: 60, perSecond: 10, goal: { kind: "at most", value: 5 } },
  { name: "1,000/s", lines: 3000, perSecond: 1000, goal: null },
];

/** From a line's write by the server's process to its arrival at a subscriber, against a bare pipe. */
export async function measureConsole(bench: Bench): Promise<Figure[]> {
  const live = await bench.live();
  const subscriber = startRole("subscribers");
  try {
    return await withStartedServer(bench, "lineWriter", async (server) => {
      const url = consoleStreamUrl(live.url, server.id);
      const headers = { authorization: `Bearer ${live.token}` };
      await subscriber.ask<void>({ kind: "open", url, headers, count: 1 } satisfies SubscriberQuestion);
      const figures: Figure[] = [];
      for (const pace of paces) {
        const ours: number[] = [];
        const bare: number[] = [];
        for (let round = bench.options.rounds ?? 3; round > 0; round--) {
          // The total tells the rounds apart.
          const total = pace.lines + round;
          const limitMs = (total / pace.perSecond) * 1000 * 2 + 5000;
          const delays = subscriber.ask<number[]>({ kind: "delays", total, limitMs } satisfies SubscriberQuestion);
          const command = `emit ${total} ${pace.perSecond}`;
          await live.client.console.command.mutate({ serverId: server.id, command });
          ours.push(...(await delays));
          bare.push(...(await delaysOfPipe(bench, total, pace.perSecond)));
        }
        figures.push(...toFigures(pace, ours, bare));
      }
      return figures;
    });
  } finally {
    await subscriber.end();
  }
}

function toFigures({ name, goal }: Pace, ours: readonly number[], bare: readonly number[]): Figure[] {
  return [50, 95, 99].map((share) => ({
    name: `console line, written to received, ${name}, p${share}`,
    unit: "ms",
    ours: percentile(ours, share / 100),
    reference: percentile(bare, share / 100),
    measure: "value",
    goal: share === 50 ? goal : null,
    note: "the reference is a pipe between two processes",
  }));
}

/** The same writer as a child of ours. */
async function delaysOfPipe({ fakes, dataDir }: Bench, total: number, perSecond: number): Promise<number[]> {
  const child = spawn(fakes.lineWriter, [], { cwd: dataDir, stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const delays: number[] = [];
  const pattern = new RegExp(`mark (\\d+) \\d+ of ${total}\n`, "g");
  let rest = "";
  child.stdin.write(`emit ${total} ${perSecond}\n`);
  child.stdout.setEncoding("latin1");
  for await (const text of child.stdout as AsyncIterable<string>) {
    const now = process.hrtime.bigint();
    const end = (rest + text).lastIndexOf("\n") + 1;
    for (const [, mark] of (rest + text).slice(0, end).matchAll(pattern))
      delays.push(Number(now - BigInt(mark ?? 0)) / 1e6);
    rest = (rest + text).slice(end);
    if (delays.length >= total) child.stdin.write("stop\n");
  }
  await exited;
  return delays;
}
