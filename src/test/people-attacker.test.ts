import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { type Program, startProgram } from "./program";
import { errorIn } from "./program-calls";
import { addPerson, type Person } from "./program-people";
import { askRaw, type RawAnswer } from "./raw-request";

const password = "a passphrase of mine 1";
const perMinute = 10;
const attacker = "127.0.0.3";
const attackerInBrowser = "127.0.0.4";
const home = "127.0.0.2";
let program: Program;
let owner: Person;
let attempts = 0;

beforeAll(async () => {
  program = await startProgram({ env: { LOGIN_RATE_LIMIT_PER_MINUTE: String(perMinute) } });
  owner = await addPerson(program.db, { password });
});
afterAll(() => program?.end());

/** Another made-up address with every attempt, in every header that could be believed. */
function spoofed(): Record<string, string> {
  const address = `198.51.${(attempts >> 8) & 255}.${attempts++ & 255}`;
  return {
    "x-forwarded-for": address,
    "x-real-ip": address,
    forwarded: `for=${address}`,
    "cf-connecting-ip": address,
    "x-mcsd-address": address,
  };
}

function signIn(from: string, given: string): Promise<RawAnswer> {
  const body = JSON.stringify({ json: { username: owner.username, password: given } });
  const headers = { "content-type": "application/json", ...spoofed() };
  return askRaw(program.url, "/api/trpc/auth.issueToken", { method: "POST", headers, body, from });
}

async function signInByForm(from: string, given: string): Promise<string> {
  const csrf = await askRaw(program.url, "/api/auth/csrf", { from });
  const { csrfToken } = JSON.parse(csrf.body) as { csrfToken: string };
  const cookie = [csrf.headers["set-cookie"] ?? []]
    .flat()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  const headers = { cookie, "content-type": "application/x-www-form-urlencoded", ...spoofed() };
  const body = new URLSearchParams({ username: owner.username, password: given, csrfToken, json: "true" }).toString();
  const answer = await askRaw(program.url, "/api/auth/callback/credentials", { method: "POST", headers, body, from });
  return (JSON.parse(answer.body) as { url: string }).url;
}

const codeOf = ({ body }: RawAnswer) => errorIn(JSON.parse(body))?.code ?? "ok";

it("a thousand wrong passwords for one account are stopped after ten", { timeout: 180_000 }, async () => {
  const codes = new Map<string, number>();
  const startedAt = performance.now();
  for (let index = 0; index < 1000; index++) {
    const answer = await signIn(attacker, `wrong ${index}`);
    const code = codeOf(answer);
    codes.set(code, (codes.get(code) ?? 0) + 1);
    if (code !== "RATE_LIMITED") continue;
    expect(answer.status).toBe(429);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  }
  console.log(`1,000 wrong passwords: ${[...codes].map(([code, count]) => `${count} ${code}`).join(", ")}`);
  // Ten in every minute that it took; on all but the slowest machines that is one.
  const minutes = 1 + Math.floor((performance.now() - startedAt) / 60_000);
  const tries = codes.get("CREDENTIALS_INVALID") ?? 0;
  expect(tries).toBeGreaterThanOrEqual(perMinute);
  expect(tries).toBeLessThanOrEqual(perMinute * minutes);
  expect(codes.get("RATE_LIMITED")).toBe(1000 - tries);
  // Not even the right one would be told from a wrong one now.
  expect(codeOf(await signIn(attacker, password))).toBe("RATE_LIMITED");
  const tried = and(eq(auditLog.action, "auth.signIn"), eq(auditLog.result, "refused"), eq(auditLog.address, attacker));
  expect(await program.db.$count(auditLog, tried)).toBe(tries);
});

it("so they are on the sign-in page", async () => {
  const ends: string[] = [];
  for (let index = 0; index < 30; index++) ends.push(await signInByForm(attackerInBrowser, `wrong ${index}`));
  expect(ends.filter((url) => !url.includes("RATE_LIMITED"))).toHaveLength(perMinute);
});

it("the owner signs in from another address all the same", async () => {
  expect(codeOf(await signIn(home, password))).toBe("ok");
  expect(await signInByForm(home, password)).not.toMatch(/error/);
});

it("after kill -9 the attacker is still stopped, and the owner is not", async () => {
  // Again, so that the minute is a fresh one.
  for (let index = 0; index < perMinute; index++) {
    await signIn(attacker, "wrong");
    await signInByForm(attackerInBrowser, "wrong");
  }
  await program.kill9();
  await program.start();
  expect(codeOf(await signIn(attacker, password))).toBe("RATE_LIMITED");
  expect(await signInByForm(attackerInBrowser, password)).toMatch(/RATE_LIMITED/);
  expect(codeOf(await signIn(home, password))).toBe("ok");
});
