import type { Clock } from "@/server/clock";
import { linkSignals } from "@/server/link-signals";
import type { LogHub } from "../../console/server/log-hub";
import { parseLogLine } from "../../console/server/parse-log-line";
import type { ResourceUsage } from "../../launch/server/launch-strategy";
import type { LiveStatus } from "../contract";
import { pingServer } from "./list-ping";
import { addressOf, type TrackedServer } from "./tracked-server";
import { addUsage } from "./usage-totals";

/** Vanilla and every loader print it (FACTS: `Done (1.234s)! For help, type "help"`); the decimal separator may be a comma. */
const donePattern = /^Done \(\d+[.,]\d+s\)!/;
const pingEveryMs = 2000;
const sampleEveryMs = 5000;

interface Deps {
  clock: Clock;
  logHub: LogHub;
}

/** Resolves with how readiness showed: the "Done" line, or an answer to a list ping. Rejects when the signal aborts. */
export async function untilReady(
  { clock, logHub }: Deps,
  tracked: TrackedServer,
  signal: AbortSignal,
): Promise<"log" | "ping"> {
  const either = linkSignals(signal);
  try {
    return await Promise.race([
      untilDoneLine(logHub, tracked, either.signal),
      untilPing(clock, tracked, either.signal),
    ]);
  } finally {
    either.abort();
    either.release();
  }
}

function untilDoneLine(logHub: LogHub, tracked: TrackedServer, signal: AbortSignal): Promise<"log"> {
  return new Promise((resolve, reject) => {
    const stop = logHub.onLine(tracked.record.id, tracked.firstLine, (line) => {
      if (!donePattern.test(parseLogLine(line.text).message)) return;
      resolve("log");
    });
    signal.addEventListener("abort", () => {
      stop();
      reject(signal.reason);
    });
  });
}

async function untilPing(clock: Clock, tracked: TrackedServer, signal: AbortSignal): Promise<"ping"> {
  for (;;) {
    await clock.sleep(pingEveryMs, signal);
    const answer = await pingServer({ host: addressOf(tracked), port: tracked.record.port, timeoutMs: 1500 }).catch(
      () => null,
    );
    if (answer) return "ping";
  }
}

/** Reads CPU, memory and players every five seconds until the signal aborts. */
export async function sampleLive(
  clock: Clock,
  tracked: TrackedServer,
  signal: AbortSignal,
  changed: () => void,
): Promise<void> {
  while (!signal.aborted) {
    const { usage, live: next } = await readLive(tracked);
    if (signal.aborted) return;
    if (usage) {
      const newest = addUsage(tracked.usage?.newest ?? null, usage, performance.now());
      tracked.usage = { first: tracked.usage?.first ?? newest, newest };
    }
    if (JSON.stringify(next) !== JSON.stringify(tracked.live)) {
      tracked.live = next;
      changed();
    }
    await clock.sleep(sampleEveryMs, signal).catch(() => {});
  }
}

async function readLive(tracked: TrackedServer): Promise<{ usage: ResourceUsage | null; live: LiveStatus }> {
  const [usage, ping] = await Promise.all([
    tracked.handle?.stats().catch(() => null) ?? null,
    tracked.record.state === "running"
      ? pingServer({ host: addressOf(tracked), port: tracked.record.port, timeoutMs: 2000 }).catch(() => null)
      : null,
  ]);
  const live = {
    cpu: usage ? Math.round(usage.cpu * 1000) / 1000 : null,
    memoryBytes: usage?.memoryBytes ?? null,
    playersOnline: ping?.online ?? null,
    playersMax: ping?.max ?? null,
    playerNames: ping?.sample.map((player) => player.name).slice(0, 50) ?? [],
  };
  return { usage, live };
}
