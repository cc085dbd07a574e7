import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { users } from "@/domains/users/server/table";
import { createTestDatabase } from "@/test/database";
import { createLogger } from "./logger";

let database: Awaited<ReturnType<typeof createTestDatabase>>;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

function logOf(error: unknown): string {
  let text = "";
  const to = {
    write(line: string) {
      text += line;
    },
  };
  createLogger({ level: "info", pretty: false, to }).error({ err: error }, "a call failed");
  return text;
}

const hash = "$argon2id$v=19$m=47104,t=1,p=1$canary\nof$two lines";

it("says what went wrong with a query, and none of its values", async () => {
  const { db } = database;
  const values = { username: "steve", passwordHash: hash, role: "user" } as const;
  await db.insert(users).values(values);
  const taken = await db
    .insert(users)
    .values(values)
    .catch((error: unknown) => error);
  const incomplete = await db
    .update(users)
    .set({ role: null as never })
    .where(eq(users.passwordHash, hash))
    .catch((error: unknown) => error);
  for (const error of [taken, incomplete, new Error("a job failed", { cause: taken })]) {
    const text = logOf(error);
    expect(text).not.toContain("canary");
    expect(text).not.toContain("two lines");
  }
  expect(logOf(taken)).toMatch(/Failed query: insert into.*: duplicate key value violates .*users_username_lower/);
  expect(logOf(incomplete)).toMatch(/Failed query: update .*: null value in column .*role/);
});

it("leaves other errors as they are", () => {
  expect(logOf(new TypeError("no such thing"))).toMatch(/"type":"TypeError","message":"no such thing","stack":"Type/);
  expect(logOf("just text")).toContain("just text");
});
