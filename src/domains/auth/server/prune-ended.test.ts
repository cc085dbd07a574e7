import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "@/test/database";
import { pruneEnded } from "./prune-ended";
import { insertUser } from "./repository";
import { insertSession } from "./session-repository";
import { apiTokens, resetLinks, sessions } from "./table";
import { insertToken } from "./token-repository";

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

it("removes what ended long ago, and nothing that somebody could still use or ask about", async () => {
  const { db } = database;
  const now = new Date();
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  const { id: userId } = await insertUser(db, { username: "steve", passwordHash: "", role: "user" });
  const ends: [revokedAt: Date | null, expiresAt: Date][] = [
    [null, daysAgo(-1)],
    [daysAgo(1), daysAgo(-1)],
    [null, daysAgo(89)],
    [daysAgo(91), daysAgo(-1)],
    [null, daysAgo(91)],
  ];
  for (const [index, [revokedAt, expiresAt]] of ends.entries()) {
    await insertSession(db, { userId, address: "", userAgent: "", revokedAt, expiresAt });
    await insertToken(db, { userId, name: "t", hash: `token ${index}`, scopes: null, revokedAt, expiresAt });
    await db.insert(resetLinks).values({ hash: `link ${index}`, userId, usedAt: revokedAt, expiresAt });
  }
  await pruneEnded(db, now);
  expect(await db.$count(sessions)).toBe(3);
  expect(await db.$count(apiTokens)).toBe(3);
  expect(await db.$count(resetLinks)).toBe(4);
});
