import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isDatabaseDown } from "@/server/errors";
import { createLogger } from "@/server/logger";
import { connectDatabase, type OpenDatabase, openPool } from "./connect";
import { findPostmaster } from "./embedded/postmaster-file";
import { type EmbeddedDatabase, startEmbedded } from "./embedded/start-embedded";

const log = createLogger({ level: "silent", pretty: false });
let dataDir: string;
let embedded: EmbeddedDatabase;
let db: OpenDatabase;

beforeAll(async () => {
  dataDir = mkdtempSync("/tmp/mcsd-connect-");
  chmodSync(dataDir, 0o711);
  embedded = await startEmbedded({ dataDir, log, noSync: true });
  db = connectDatabase(embedded.url, { log, max: 5 });
  await db.execute(sql`create table notes (id serial, text text)`);
});
afterAll(async () => {
  await db.close();
  await embedded.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

type Pool = ReturnType<typeof openPool>;

let killed = 0;

function killPostmaster(): void {
  killed = findPostmaster(join(dataDir, "postgres"))?.pid ?? 0;
  process.kill(killed, "SIGKILL");
}

/** Waits until the watch has brought the database back: a new postmaster, and not a backend of the old one that lingers. */
async function databaseIsBack(): Promise<void> {
  const deadline = Date.now() + 15_000;
  const isNew = () => ![killed, undefined].includes(findPostmaster(join(dataDir, "postgres"))?.pid);
  while (!(isNew() && (await db.execute(sql`select 1`).then(Boolean, () => false)))) {
    if (Date.now() > deadline) throw new Error("The database did not come back");
    await sleep(20);
  }
}

interface Outcome {
  error: unknown;
  ms: number;
}

async function settle(work: Promise<unknown>): Promise<Outcome> {
  const start = performance.now();
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown ?? new Error("rejected with nothing"),
  );
  return { error, ms: performance.now() - start };
}

describe("connectDatabase", () => {
  it("speaks UTC and gives drizzle's values", async () => {
    const [row] = await db.execute(
      sql`select current_setting('TimeZone') as zone, '2026-01-02T03:04:05Z'::timestamptz as at`,
    );
    expect(row).toEqual({ zone: "UTC", at: "2026-01-02 03:04:05+00" });
  });

  it("rolls back what throws, and what a savepoint holds, alone", async () => {
    await db.transaction(async (tx) => {
      await tx.execute(sql`insert into notes (text) values ('outer')`);
      const inner = tx.transaction(async (savepoint) => {
        await savepoint.execute(sql`insert into notes (text) values ('inner')`);
        throw new Error("no");
      });
      await expect(inner).rejects.toThrow("no");
    });
    await expect(db.transaction((tx) => tx.execute(sql`select 1 / 0`))).rejects.toMatchObject({
      cause: { code: "22012" },
    });
    expect([...(await db.execute(sql`select text from notes`))]).toEqual([{ text: "outer" }]);
    await db.execute(sql`truncate notes`);
  });

  it("fails fast in the middle of everything when the server is killed, and works again afterwards", async () => {
    for (let round = 0; round < 4; round++) {
      let isOver = false;
      const outcomes: Outcome[] = [];
      const busy = async (work: () => Promise<unknown>) => {
        while (!isOver) outcomes.push(await settle(work()));
      };
      const workers = [
        ...Array.from({ length: 6 }, () =>
          busy(() => db.execute(sql`select pg_sleep(0.001), ${"x".repeat(2_000)}::text`)),
        ),
        ...Array.from({ length: 4 }, () => busy(() => db.execute(sql`select 1`))),
        ...Array.from({ length: 6 }, () =>
          busy(() =>
            db.transaction(async (tx) => {
              await tx.execute(sql`insert into notes (text) values ('a')`);
              await tx.transaction((savepoint) => savepoint.execute(sql`insert into notes (text) values ('b')`));
              await sleep(Math.random() * 3);
              await tx.execute(sql`insert into notes (text) values ('c')`);
            }),
          ),
        ),
      ];
      await sleep(50 + Math.random() * 50);
      killPostmaster();
      await sleep(300);
      isOver = true;
      await Promise.all(workers);
      const failed = outcomes.filter((outcome) => outcome.error !== null);
      expect(failed.length).toBeGreaterThan(0);
      expect(failed.filter((outcome) => !isDatabaseDown(outcome.error)).map((outcome) => outcome.error)).toEqual([]);
      expect(Math.max(...outcomes.map((outcome) => outcome.ms))).toBeLessThan(2_500);

      await databaseIsBack();
      const after = await Promise.all(
        Array.from({ length: 40 }, () => settle(db.execute(sql`select pg_sleep(0.005)`))),
      );
      expect(after.map((outcome) => outcome.error).filter(Boolean)).toEqual([]);
      expect(Math.max(...after.map((outcome) => outcome.ms))).toBeLessThan(5_000);
    }
    const [row] = await db.execute(
      sql`select count(*) filter (where text = 'a') = count(*) filter (where text = 'c') as whole from notes`,
    );
    expect(row).toEqual({ whole: true });
  }, 60_000);

  it("never runs a late statement of a lost transaction outside it", async () => {
    await db.execute(sql`truncate notes`);
    let late: Outcome | null = null;
    const lost = await settle(
      db.transaction(async (tx) => {
        await tx.execute(sql`insert into notes (text) values ('early')`);
        killPostmaster();
        await databaseIsBack();
        await Promise.all(Array.from({ length: 20 }, () => db.execute(sql`select pg_sleep(0.002)`)));
        late = await settle(tx.execute(sql`insert into notes (text) values ('late')`));
        await tx.execute(sql`insert into notes (text) values ('later')`);
      }),
    );
    expect(isDatabaseDown(lost.error)).toBe(true);
    await expect.poll(() => late, { timeout: 15_000 }).not.toBeNull();
    expect(isDatabaseDown((late as unknown as Outcome).error)).toBe(true);
    await sleep(50);
    expect([...(await db.execute(sql`select text from notes`))]).toEqual([]);
  });

  it("gets over connections that an administrator ends", async () => {
    const slow = Array.from({ length: 3 }, () => settle(db.execute(sql`select pg_sleep(20)`)));
    const inTransaction = settle(db.transaction((tx) => tx.execute(sql`select pg_sleep(20)`)));
    const end = sql`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and query like '%pg_sleep(20)%'`;
    await expect.poll(async () => (await db.execute(end)).length, { timeout: 5_000 }).toBeGreaterThan(0);
    await expect.poll(async () => (await db.execute(end)).length, { timeout: 5_000 }).toBe(0);
    for (const { error } of [...(await Promise.all(slow)), await inTransaction])
      expect(isDatabaseDown(error)).toBe(true);
    await Promise.all(Array.from({ length: 20 }, () => db.execute(sql`select 1`)));
  });
});

it.each([
  ["a query", (pool: Pool) => pool.unsafe("select 1").execute()],
  ["a transaction", (pool: Pool) => pool.begin((transaction) => transaction.unsafe("select 1"))],
] as const)("%s that is begun while a connection goes down fails, and the next one works", async (_, begin) => {
  let socket: Duplex | undefined;
  const pool = openPool(embedded.url, 1, {
    onSocket: (opened) => {
      socket = opened;
    },
  });
  await pool.unsafe("select 1");
  const late = new Promise<Outcome>((resolve) => {
    // The driver hears of it first, and then, a turn later, of the close.
    socket?.once("error", () => resolve(settle(begin(pool))));
  });
  socket?.destroy(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
  const outcome = await Promise.race([late, sleep(3_000)]);
  expect(outcome?.error).toSatisfy(isDatabaseDown);
  expect(await pool.unsafe("select 2 as two")).toMatchObject([{ two: 2 }]);
  await pool.end({ timeout: 1 });
});

describe("a server that is not one", () => {
  const cases: [string, (socket: Socket) => void][] = [
    ["hangs up at once, as a proxy without a database does", (socket) => socket.end()],
    ["resets the connection", (socket) => socket.resetAndDestroy()],
    ["never says a word", () => {}],
  ];
  for (const [name, behave] of cases) {
    it(`${name}: queries and transactions fail within 2 s`, async () => {
      const sockets: Socket[] = [];
      const server = createServer((socket) => {
        sockets.push(socket.on("error", () => {}));
        behave(socket);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const lonely = connectDatabase(`postgres://u:p@127.0.0.1:${(server.address() as AddressInfo).port}/d`, {
        log,
        max: 3,
      });
      try {
        const outcomes = await Promise.all([
          settle(lonely.execute(sql`select 1`)),
          settle(lonely.transaction((tx) => tx.execute(sql`select 1`))),
        ]);
        expect(outcomes.filter((outcome) => !isDatabaseDown(outcome.error))).toEqual([]);
        expect(Math.max(...outcomes.map((outcome) => outcome.ms))).toBeLessThan(3_000);
        const crowd = await Promise.all(Array.from({ length: 30 }, () => settle(lonely.execute(sql`select 1`))));
        expect(crowd.filter((outcome) => !isDatabaseDown(outcome.error))).toEqual([]);
        expect(Math.max(...crowd.map((outcome) => outcome.ms))).toBeLessThan(6_000);
      } finally {
        await lonely.close();
        for (const socket of sockets) socket.destroy();
        server.close();
      }
    }, 20_000);
  }

  it("does not exist: queries fail at once, however many", async () => {
    const lonely = connectDatabase("postgres://u:p@127.0.0.1:1/d", { log, max: 3 });
    const crowd = await Promise.all(Array.from({ length: 200 }, () => settle(lonely.execute(sql`select 1`))));
    expect(crowd.filter((outcome) => !isDatabaseDown(outcome.error))).toEqual([]);
    expect(Math.max(...crowd.map((outcome) => outcome.ms))).toBeLessThan(2_000);
    await lonely.close();
  });
});
