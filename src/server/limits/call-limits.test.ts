import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/server/auth/actor";
import { createLogger } from "@/server/logger";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { type CallLimits, createCallLimits } from "./call-limits";
import { rateLimits } from "./table";

const log = createLogger({ level: "silent", pretty: false });
const env = { RATE_LIMIT_PER_MINUTE: 4, RATE_LIMIT_USER_PER_MINUTE: 6, LOGIN_RATE_LIMIT_PER_MINUTE: 5 };
let database: TestDatabase;
let limits: CallLimits;

const begin = async () => {
  const created = createCallLimits({ env, db: database.db, log });
  await created.load();
  return created;
};
const person = (userId: string = randomUUID()): Actor => ({
  kind: "user",
  sessionId: "",
  userId,
  username: "steve",
  role: "user",
  isApproved: true,
  permissions: new Set(),
  shared: new Map(),
  mustEnrol: false,
  authenticatedAt: null,
  address: "203.0.113.1",
});
/** As if so many seconds had passed for the database. */
const pass = (seconds: number) =>
  database.db.execute(sql`update rate_limits set expires_at = expires_at - make_interval(secs => ${seconds}::float8)`);
async function countLetThrough(attempts: number, attempt: () => Promise<unknown>): Promise<number> {
  let passed = 0;
  for (let index = 0; index < attempts; index++) if ((await attempt()) === null) passed++;
  return passed;
}

beforeEach(async () => {
  database = await createTestDatabase({ max: 10 });
  limits = await begin();
});
afterEach(() => database.drop());

describe("attempts", () => {
  it("are stopped after so many a minute from one address for one account", async () => {
    expect(await countLetThrough(9, () => limits.consumeAttempt("signIn", "203.0.113.7", "Steve"))).toBe(5);
    expect(await limits.consumeAttempt("signIn", "203.0.113.7", "steve")).toMatchObject({
      limit: 5,
      windowSeconds: 60,
      retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds > 50 && seconds <= 60),
    });
  });

  it("never lock the account for other addresses", async () => {
    await countLetThrough(20, () => limits.consumeAttempt("signIn", "203.0.113.7", "steve"));
    expect(await limits.consumeAttempt("signIn", "203.0.113.8", "steve")).toBeNull();
  });

  it("are stopped after three times as many an hour for one account, six times as many from one address", async () => {
    const minutes = async (count: number, subject: (minute: number) => string) => {
      let passed = 0;
      for (let minute = 0; minute < count; minute++) {
        passed += await countLetThrough(8, () => limits.consumeAttempt("signIn", "203.0.113.7", subject(minute)));
        await pass(61);
      }
      return passed;
    };
    expect(await minutes(8, () => "steve")).toBe(15);
    expect(await limits.consumeAttempt("signIn", "203.0.113.7", "steve")).toMatchObject({
      limit: 15,
      windowSeconds: 3600,
      retryAfterSeconds: expect.toSatisfy((seconds: number) => seconds > 3000),
    });
    expect(await minutes(8, (minute) => `alex ${minute}`)).toBe(15);
    expect(await limits.consumeAttempt("signIn", "203.0.113.7", "new")).toMatchObject({ limit: 30 });
    await pass(3600);
    expect(await limits.consumeAttempt("signIn", "203.0.113.7", "steve")).toBeNull();
  });

  it("of every kind have counts of their own", async () => {
    await countLetThrough(9, () => limits.consumeAttempt("signIn", "203.0.113.7", "steve"));
    for (const kind of ["password", "code", "reset"] as const)
      expect(await countLetThrough(9, () => limits.consumeAttempt(kind, "203.0.113.7", "steve"))).toBe(5);
    expect(await countLetThrough(9, () => limits.consumeAttempt("register", "203.0.113.7"))).toBe(3);
  });

  it("count a whole /64 as one address", async () => {
    let last = 0;
    const from = () => `2001:db8:0:1::${(++last).toString(16)}`;
    expect(await countLetThrough(9, () => limits.consumeAttempt("signIn", from(), `user${last}`))).toBe(5);
    expect(await limits.consumeAttempt("signIn", "2001:db8:0:2::1", "user")).toBeNull();
  });

  it("that come at the same moment are counted exactly", async () => {
    const all = await Promise.all(
      Array.from({ length: 60 }, () => limits.consumeAttempt("signIn", "203.0.113.7", "steve")),
    );
    expect(all.filter((refused) => refused === null)).toHaveLength(5);
  });

  it("are remembered by the next process, with nothing saved on the way", async () => {
    await countLetThrough(5, () => limits.consumeAttempt("signIn", "203.0.113.7", "steve"));
    limits = await begin();
    expect(await limits.consumeAttempt("signIn", "203.0.113.7", "steve")).not.toBeNull();
  });

  it("leave no name in the database", async () => {
    await limits.consumeAttempt("signIn", "203.0.113.7", "my password by mistake");
    expect(JSON.stringify(await database.db.select().from(rateLimits))).not.toMatch(/mistake/);
  });
});

describe("calls", () => {
  it("are counted by address without sign-in, else by person", async () => {
    expect(await countLetThrough(9, () => limits.consume(null, "203.0.113.7", "auth.me"))).toBe(4);
    expect(await limits.consume(null, "203.0.113.8", "auth.me")).toBeNull();
    const steve = person();
    expect(await countLetThrough(9, () => limits.consume(steve, "203.0.113.7", "auth.me"))).toBe(6);
    expect(await limits.consume(person(), "203.0.113.7", "auth.me")).toBeNull();
  });

  it("to the console and uploads have limits of their own", async () => {
    const generous = createCallLimits({ env: { ...env, RATE_LIMIT_USER_PER_MINUTE: 1000 }, db: database.db, log });
    const steve = person();
    expect(await countLetThrough(30, () => generous.consume(steve, "", "console.command"))).toBe(20);
    expect(await countLetThrough(30, () => generous.consumeUpload(steve))).toBe(5);
  });

  it("are remembered by the next process as they were last saved", async () => {
    const steve = person();
    await countLetThrough(6, () => limits.consume(steve, "203.0.113.7", "auth.me"));
    await countLetThrough(3, () => limits.consume(null, "203.0.113.7", "auth.me"));
    await limits.save();
    limits = await begin();
    expect(await limits.consume(steve, "203.0.113.7", "auth.me")).toMatchObject({ limit: 6 });
    expect(await countLetThrough(3, () => limits.consume(null, "203.0.113.7", "auth.me"))).toBe(1);
  });

  it("are saved within a second", async () => {
    const ending = new AbortController();
    limits.start(ending.signal);
    await limits.consume(null, "203.0.113.7", "auth.me");
    await expect.poll(() => database.db.$count(rateLimits), { timeout: 3000 }).toBe(1);
    ending.abort();
  });
});
