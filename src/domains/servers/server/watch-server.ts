import type { Clock } from "@/server/clock";
import { linkSignals } from "@/server/link-signals";
import type { LogHub } from "../../console/server/log-hub";
import { managementMethods } from "../../console/server/management/management-methods";
import { parseLogLine } from "../../console/server/parse-log-line";
import type { ResourceUsage } from "../../launch/server/launch-strategy";
import type { LiveStatus } from "../contract";
import { pingServer } from "./list-ping";
import { addressOf, managementOf, type TrackedServer } from "./tracked-server";
import { addUsage } from "./usage-totals";

/** Vanilla and every loader print it (FACTS: `Done (1.234s)! For help, type "help"`); the decimal separator may be a comma. */
const donePattern = /^Done \(\d+[.,]\d+s\)!/;
const pingEveryMs = 2000;
const sampleEveryMs = 5000;
const againMs = 1500;
const shortestMs = 250;

interface Deps {
  clock: Clock;
  logHub: LogHub;
}

/**
 * Resolves with how readiness showed: the "Done" line, the word of the game's management service, or an answer to a list ping, whichever
 * comes first. Rejects when the signal aborts.
 */
export async function untilReady(
  { clock, logHub }: Deps,
  tracked: TrackedServer,
  signal: AbortSignal,
): Promise<"log" | "management" | "ping"> {
  const either = linkSignals(signal);
  try {
    return await Promise.race([
      untilDoneLine(logHub, tracked, either.signal),
      untilStarted(tracked, either.signal),
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

/** It listens long before the world is there, and so may be reached before or after the game has started. */
function untilStarted({ management }: TrackedServer, signal: AbortSignal): Promise<"management"> {
  return new Promise((resolve, reject) => {
    const ask = () =>
      management?.call(managementMethods.status).then(
        ({ started }) => started && resolve("management"),
        () => undefined,
      );
    const stop = management?.listen(({ name }) => {
      if (name === "server/started") resolve("management");
      if (name === "connected") void ask();
    });
    if (management?.isConnected) void ask();
    signal.addEventListener("abort", () => {
      stop?.();
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

/** Reads CPU, memory and players every five seconds, and when the game says that somebody has come or gone, until the signal aborts. */
export async function sampleLive(
  clock: Clock,
  tracked: TrackedServer,
  signal: AbortSignal,
  changed: () => void,
): Promise<void> {
  const pause = pauses(clock, tracked, signal);
  while (!signal.aborted) {
    const { usage, present, live: next } = await readLive(clock, tracked);
    if (signal.aborted) return;
    tracked.present = present;
    if (usage) {
      const newest = addUsage(tracked.usage?.newest ?? null, usage, performance.now());
      tracked.usage = { first: tracked.usage?.first ?? newest, newest };
    }
    if (JSON.stringify(next) !== JSON.stringify(tracked.live)) {
      tracked.live = next;
      changed();
    }
    await pause();
  }
}

/** Until the next look. After somebody has come or gone one at once, and another soon: what both say alike is no accident. */
function pauses(clock: Clock, tracked: TrackedServer, signal: AbortSignal): () => Promise<void> {
  let looks = 0;
  let sleeping = new AbortController();
  const stop = tracked.management?.listen(({ name }) => {
    if (name !== "players/joined" && name !== "players/left" && name !== "connected") return;
    looks = 2;
    sleeping.abort();
  });
  signal.addEventListener("abort", () => {
    stop?.();
    sleeping.abort();
  });
  return async () => {
    if (looks < 2) {
      sleeping = new AbortController();
      await clock.sleep(looks === 1 ? againMs : sampleEveryMs, sleeping.signal).catch(() => {});
    }
    if (looks > 0) await clock.sleep(shortestMs, signal).catch(() => {});
    looks = Math.max(0, looks - 1);
  };
}

interface Reading {
  usage: ResourceUsage | null;
  present: TrackedServer["present"];
  live: LiveStatus;
}

async function readLive(clock: Clock, tracked: TrackedServer): Promise<Reading> {
  const isRunning = tracked.record.state === "running";
  const at = clock.now();
  const [usage, ping, players] = await Promise.all([
    tracked.handle?.stats().catch(() => null) ?? null,
    isRunning
      ? pingServer({ host: addressOf(tracked), port: tracked.record.port, timeoutMs: 2000 }).catch(() => null)
      : null,
    isRunning
      ? managementOf(tracked)
          ?.call(managementMethods.players, [], { timeoutMs: 2000 })
          .catch(() => null)
      : null,
  ]);
  const present = players
    ? { at, players: players.flatMap(({ id, name }) => (name ? [{ name, uuid: id ?? null }] : [])) }
    : null;
  const names = present?.players ?? ping?.sample ?? [];
  const live = {
    cpu: usage ? Math.round(usage.cpu * 1000) / 1000 : null,
    memoryBytes: usage?.memoryBytes ?? null,
    playersOnline: present?.players.length ?? ping?.online ?? null,
    playersMax: ping?.max ?? null,
    playerNames: names.map((player) => player.name).slice(0, 50),
  };
  return { usage, present, live };
}
