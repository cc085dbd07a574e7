import { randomUUID } from "node:crypto";
import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, it } from "vitest";
import { insertUser } from "@/domains/auth/server/repository";
import { createLogHub } from "@/domains/console/server/log-hub";
import type { Server, ServerState } from "@/domains/servers/contract";
import { servers } from "@/domains/servers/server/table";
import { noLiveStatus, trackServer } from "@/domains/servers/server/tracked-server";
import { systemClock as clock } from "@/server/clock";
import { createEventBus } from "@/server/event-bus";
import { createLogger } from "@/server/logger";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { until } from "@/test/program-until";
import { createPlayerTracker } from "./player-tracker";
import { playerLogMarks, playerSessions } from "./table";

let database: TestDatabase;
let folder: string;
let ownerId: string;
const log = createLogger({ level: "silent", pretty: false });

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), "mcsd-players-"));
  const owner = { username: "owner", passwordHash: "", role: "user", isApproved: true } as const;
  ownerId = (await insertUser(database.db, owner)).id;
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

let count = 0;

/** A server with a log of its own; `begin` is a start of mcsd, `end` its kill. */
async function openServer() {
  const { db } = database;
  const id = randomUUID();
  const number = ++count;
  const crashPolicy = { restart: false, maxTries: 1, windowMinutes: 1 };
  const what = { type: "custom", launchKind: "host", version: "1", memoryMb: 128, requiredJava: 17 } as const;
  const place = { port: 25_565 + number, rconPort: 30_000 + number, rconPassword: "", crashPolicy };
  const [row] = await db
    .insert(servers)
    .values({ ...what, ...place, id, name: `S${number}`, slug: `s${number}`, ownerId, state: "running" })
    .returning();
  if (!row) throw new Error("no row");
  const tracked = trackServer({ ...row, ownerName: "owner" });
  const path = join(folder, `${id}.log`);
  let ending = new AbortController();
  let events = createEventBus();
  return {
    id,
    path,
    tracked,
    begin() {
      ending = new AbortController();
      events = createEventBus();
      const logHub = createLogHub({ pathOf: () => path, clock });
      ending.signal.addEventListener("abort", () => logHub.close());
      const supervisor = { all: () => [tracked], find: (serverId: string) => (serverId === id ? tracked : null) };
      const tracker = createPlayerTracker({
        ...{ db, clock, log, events, supervisor, logHub },
        consoleLogPath: () => path,
        compareEveryMs: 100,
      });
      tracker.start(ending.signal);
    },
    end: () => ending.abort(),
    become(state: ServerState) {
      tracked.record.state = state;
      events.publish({ ownerId, event: { kind: "server", server: { id, state } as Server } });
    },
    say: (...messages: string[]) => {
      const time = new Date().toISOString().slice(11, 19);
      return appendFile(path, messages.map((text) => `[${time}] [Server thread/INFO]: ${text}\n`).join(""));
    },
    sessions: async () =>
      (
        await db.select().from(playerSessions).where(eq(playerSessions.serverId, id)).orderBy(asc(playerSessions.id))
      ).map(({ name, endedBy }) => `${name} ${endedBy ?? "there"}`),
  };
}

/** From where on a log is read that nobody has read before. */
const untilFollowed = (serverId: string) =>
  until(
    async () => (await database.db.$count(playerLogMarks, eq(playerLogMarks.serverId, serverId))) === 1,
    "the log is followed",
  );

const untilSessions = (server: Awaited<ReturnType<typeof openServer>>, ...wanted: string[]) =>
  until(
    async () => JSON.stringify((await server.sessions()).sort()) === JSON.stringify(wanted.sort()),
    `the stays are ${wanted.join(", ")}`,
  );

it("counts every stay once, however often mcsd ends and whatever happens while it is away", async () => {
  const server = await openServer();
  await server.say("Before mcsd looked joined the game", "Early joined the game");
  server.begin();
  await untilFollowed(server.id);
  const uuid = "b50ad385-829d-3141-a216-7e7d7539ba7f";
  await server.say(`UUID of player Notch is ${uuid}`, "Notch joined the game", "<Notch> Steve joined the game");
  await untilSessions(server, "Notch there");
  for (let round = 0; round < 3; round++) {
    server.end();
    await server.say(`Guest${round} joined the game`, `Guest${round} lost connection: Disconnected`);
    await server.say(`Guest${round} left the game`);
    server.begin();
    await untilSessions(server, "Notch there", ...Array.from({ length: round + 1 }, (_, i) => `Guest${i} left`));
  }
  await server.say("Alex joined the game", "Notch left the game");
  const guests = ["Guest0 left", "Guest1 left", "Guest2 left", "Notch left"];
  await untilSessions(server, ...guests, "Alex there");
  // The server ends, and says its last words, while mcsd is away.
  server.end();
  await server.say("Late joined the game");
  server.tracked.record.state = "stopped";
  server.begin();
  await untilSessions(server, ...guests, "Alex ended", "Late ended");
  server.end();
});

it("reads what a server has said to its end, and begins anew with the next start", async () => {
  const server = await openServer();
  server.begin();
  await untilFollowed(server.id);
  await server.say("Notch joined the game");
  await untilSessions(server, "Notch there");
  await server.say("Steve joined the game", "Steve left the game");
  server.become("stopped");
  await untilSessions(server, "Notch ended", "Steve left");
  server.become("starting");
  await server.say("Starting minecraft server version 1.21.11", "Notch joined the game");
  await untilSessions(server, "Notch ended", "Steve left", "Notch there");
  server.end();
});

it("goes by the server's own list where the log keeps silent", async () => {
  const server = await openServer();
  server.begin();
  server.tracked.live = { ...noLiveStatus, playersOnline: 1, playersMax: 20, playerNames: ["Silent"] };
  await untilSessions(server, "Silent there");
  server.tracked.live = { ...noLiveStatus, playersOnline: 0, playersMax: 20 };
  await untilSessions(server, "Silent missing");
  server.end();
});
