import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { insertChallenge, removeOldChallenges, takeChallenge } from "./passkey-repository";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const now = new Date("2026-01-01T12:00:00Z");
const add = (seconds: number) =>
  insertChallenge(database.db, {
    userId: null,
    purpose: "sign_in",
    challenge: "c",
    expiresAt: new Date(now.getTime() + seconds * 1000),
  });

it("hands a challenge to one of many", async () => {
  const id = await add(60);
  const taken = await Promise.all(Array.from({ length: 20 }, () => takeChallenge(database.db, id)));
  expect(taken.filter((row) => row !== null)).toHaveLength(1);
});

it("removes what nobody answered in time and nothing else", async () => {
  const [old, fresh] = [await add(-1), await add(1)];
  await removeOldChallenges(database.db, now);
  expect(await takeChallenge(database.db, old)).toBe(null);
  expect(await takeChallenge(database.db, fresh)).toMatchObject({ id: fresh });
});
