import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock as clock } from "@/server/clock";
import { createGuardedFetch } from "@/server/http/guarded-fetch";
import { createLogger } from "@/server/logger";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { offlineUuid } from "./offline-uuid";
import { createPlayerNames } from "./player-names";

let database: TestDatabase;
const asked: string[][] = [];
let isBroken = false;
const players: Record<string, string> = { notch: "069a79f444e94726a5befca90e38aaf5" };
const mojang = createServer((request, reply) => {
  let text = "";
  request.on("data", (piece) => {
    text += piece;
  });
  request.on("end", () => {
    const names = JSON.parse(text) as string[];
    asked.push(names);
    if (isBroken || request.method !== "POST" || names.length > 10) return void reply.writeHead(400).end();
    const found = names.flatMap((name) => (players[name] ? [{ id: players[name], name: "Notch" }] : []));
    reply.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(found));
  });
});

beforeAll(async () => {
  database = await createTestDatabase();
  await once(mojang.listen(0, "127.0.0.1"), "listening");
});
afterAll(async () => {
  mojang.closeAllConnections();
  mojang.close();
  await database.drop();
});

const open = (isEnabled = true) => {
  const baseUrl = new URL(`http://127.0.0.1:${(mojang.address() as AddressInfo).port}`);
  const client = createGuardedFetch({ userAgent: "mcsd test", trustedBases: [baseUrl] });
  const log = createLogger({ level: "silent", pretty: false });
  return createPlayerNames({ db: database.db, clock, log, client, baseUrl: isEnabled ? baseUrl : null });
};

it("computes what servers in offline mode go by", async () => {
  expect([offlineUuid("Notch"), offlineUuid("Tester")]).toEqual([
    "b50ad385-829d-3141-a216-7e7d7539ba7f",
    "f3d28cb0-7225-3cb1-baeb-2dadd2be89ae",
  ]);
  expect(await open(false).resolve(["Notch"], { isOffline: true })).toEqual([
    { kind: "found", name: "Notch", uuid: offlineUuid("Notch") },
  ]);
});

it("asks for ten names at a time and for known ones not again, and says clearly what it does not know", async () => {
  const names = open();
  const online = { isOffline: false };
  const strangers = Array.from({ length: 11 }, (_, index) => `nobody${index}`);
  const notch = { kind: "found", name: "Notch", uuid: "069a79f4-44e9-4726-a5be-fca90e38aaf5" };
  const found = await names.resolve(["NOTCH", ...strangers], online);
  expect(found[0]).toEqual(notch);
  expect(found.slice(1).map(({ kind }) => kind)).toEqual(strangers.map(() => "unknown"));
  expect(asked.map((some) => some.length)).toEqual([10, 2]);
  expect(await names.resolve(["notch"], online)).toEqual([notch]);
  expect(asked).toHaveLength(2);
  isBroken = true;
  expect(await names.resolve(["Notch", "Steve"], online)).toEqual([
    notch,
    { kind: "unavailable", name: "Steve", reason: "unreachable" },
  ]);
  expect(await open(false).resolve(["Steve"], online)).toEqual([
    { kind: "unavailable", name: "Steve", reason: "disabled" },
  ]);
});
