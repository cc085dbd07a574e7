import type { Bench } from "../bench";
import { consoleStreamUrl } from "../event-stream";
import type { Figure } from "../figure";
import { withStartedServer } from "../make-server";
import { startRole } from "../role";
import type { CountAnswer, SubscriberQuestion } from "../run-subscribers";

const total = 100_000;
const perSecond = 10_000;
const limitMs = 60_000;

/** Lines lost and doubled while a server writes 10,000 a second, for one who listens throughout and one who keeps coming back. */
export async function measureLines(bench: Bench): Promise<Figure[]> {
  const live = await bench.live();
  const steady = startRole("subscribers");
  const restless = startRole("subscribers");
  try {
    return await withStartedServer(bench, "stand-in", async (server) => {
      const url = consoleStreamUrl(live.url, server.id);
      const headers = { authorization: `Bearer ${live.token}` };
      const open = { kind: "open", url, headers, count: 1 } as const satisfies SubscriberQuestion;
      await Promise.all([steady.ask(open), restless.ask({ ...open, reconnectEveryMs: 1000 })]);
      const counts = [steady, restless].map((subscriber) =>
        subscriber.ask<CountAnswer>({ kind: "count", total, limitMs } satisfies SubscriberQuestion),
      );
      const startedAt = performance.now();
      await live.client.console.command.mutate({ serverId: server.id, command: `flood ${total} ${perSecond}` });
      const [throughout, again] = await Promise.all(counts);
      bench.log(`${total} lines took ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
      if (!throughout || !again) return [];
      return [
        ...toFigures("one connection", throughout),
        ...toFigures(`dropped and resumed ${again.reconnects} times`, again),
      ];
    });
  } finally {
    await Promise.all([steady.end(), restless.end()]);
  }
}

function toFigures(how: string, { subscribers: [count] }: CountAnswer): Figure[] {
  return (["lost", "doubled"] as const).map((what) => ({
    name: `lines ${what} of 100,000 at 10,000/s, ${how}`,
    unit: "",
    ours: count?.[what] ?? Number.NaN,
    reference: null,
    measure: "value",
    goal: { kind: "at most", value: 0 },
  }));
}
