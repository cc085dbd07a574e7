import { expect, it } from "vitest";
import type { LogHub } from "@/domains/console/server/log-hub";
import type { ManagementEvent, ManagementPort } from "@/domains/console/server/management/management-port";
import { systemClock } from "@/server/clock";
import { until } from "@/test/program-until";
import { freePort } from "@/test/stand-in/free-port";
import { trackServer } from "./tracked-server";
import { sampleLive, untilReady } from "./watch-server";

/** A server that says nothing but by its management service. */
async function quietServer() {
  const listeners = new Set<(event: ManagementEvent) => void>();
  const service = { isConnected: false, started: false, players: ["Notch"], asked: 0 };
  const management = {
    get isConnected() {
      return service.isConnected;
    },
    async call({ name }: { name: string }) {
      service.asked++;
      if (name.endsWith("/status")) return { started: service.started };
      return service.players.map((player) => ({ name: player, id: "b50ad385-829d-3141-a216-7e7d7539ba7f" }));
    },
    listen(listener: (event: ManagementEvent) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {},
  } as unknown as ManagementPort;
  const record = { id: "a", port: await freePort(), state: "starting" };
  const tracked = { ...trackServer(record as never), management };
  const tell = (name: string) => {
    for (const listener of listeners) listener({ name });
  };
  return { service, tracked, tell, listeners };
}

const logHub = { onLine: () => () => {} } as unknown as LogHub;
const ready = (tracked: Parameters<typeof untilReady>[1], signal: AbortSignal) =>
  untilReady({ clock: systemClock, logHub }, tracked, signal);

it("is ready when the service says so, whether it is reached before, while or after the game starts", async () => {
  const { signal } = new AbortController();
  const before = await quietServer();
  const told = ready(before.tracked, signal);
  before.tell("connected");
  before.tell("server/saved");
  before.tell("server/started");
  expect(await told).toBe("management");
  expect(before.listeners.size).toBe(0);

  const later = await quietServer();
  later.service.started = true;
  const asked = ready(later.tracked, signal);
  later.tell("connected");
  expect(await asked).toBe("management");

  const adopted = await quietServer();
  Object.assign(adopted.service, { isConnected: true, started: true });
  expect(await ready(adopted.tracked, signal)).toBe("management");

  const never = await quietServer();
  const ending = new AbortController();
  const waiting = ready(never.tracked, ending.signal);
  never.tell("connected");
  ending.abort(new Error("it ended"));
  await expect(waiting).rejects.toThrow("it ended");
  expect(never.listeners.size).toBe(0);
});

it("looks at once when somebody comes or goes, once more soon after, and knows everybody", async () => {
  const { service, tracked, tell, listeners } = await quietServer();
  tracked.record.state = "running";
  service.isConnected = true;
  const ending = new AbortController();
  const sampling = sampleLive(systemClock, tracked, ending.signal, () => {});
  await until(async () => tracked.live.playersOnline === 1, "the first look", 2000);
  service.players = Array.from({ length: 60 }, (_, index) => `Player_${index}`);
  const startedAt = performance.now();
  tell("players/joined");
  await until(async () => tracked.live.playersOnline === 60, "the second look", 2000);
  expect(performance.now() - startedAt).toBeLessThan(2000);
  expect([tracked.live.playerNames.length, tracked.present?.players.length]).toEqual([50, 60]);
  const first = tracked.present?.at.getTime() ?? 0;
  await until(async () => (tracked.present?.at.getTime() ?? 0) >= first + 1500, "the third look", 4000);
  service.isConnected = false;
  tell("players/left");
  await until(async () => tracked.present === null, "nothing is known where nobody says anything", 2000);
  ending.abort();
  await sampling;
  expect(listeners.size).toBe(0);
});
