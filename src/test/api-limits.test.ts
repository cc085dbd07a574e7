import { afterAll, beforeAll, expect, it } from "vitest";
import { type Program, startProgram } from "./program";
import { type Answer, callProcedure, readAnswer } from "./program-calls";
import { addPerson } from "./program-people";

const limits = { RATE_LIMIT_PER_MINUTE: "12", RATE_LIMIT_USER_PER_MINUTE: "60", LOGIN_RATE_LIMIT_PER_MINUTE: "5" };
let program: Program;

beforeAll(async () => {
  // The tests' calls come from addresses of their own choice.
  program = await startProgram({ env: { ...limits, TRUSTED_PROXIES: "127.0.0.1" } });
});
afterAll(() => program?.end());

let address = 0;
const newAddress = () => `203.0.113.${++address}`;

async function post(path: string, input: unknown, headers: Record<string, string>): Promise<Answer> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(input),
  };
  return readAnswer(await fetch(`${program.url}/api/trpc/${path}`, init));
}

function expectLimited(answer: Answer, limit: number): void {
  expect(answer.status).toBe(429);
  expect(answer.error).toMatchObject({ code: "RATE_LIMITED", details: { category: "RATE_LIMIT_EXCEEDED", limit } });
  const seconds = Number(answer.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
}

it("counts strangers by address, every call of a batch for itself", async () => {
  const from = { "x-forwarded-for": newAddress() };
  const get = async (path: string) => readAnswer(await fetch(`${program.url}/api/trpc/${path}`, { headers: from }));
  const batch = await fetch(`${program.url}/api/trpc/${Array(10).fill("auth.me").join()}?batch=1`, { headers: from });
  expect((await batch.json()) as unknown[]).toHaveLength(10);
  expect((await get("auth.me")).status).toBe(401);
  expect((await get("auth.me")).status).toBe(401);
  expectLimited(await get("auth.me"), 12);
  const other = await fetch(`${program.url}/api/trpc/auth.me`, { headers: { "x-forwarded-for": newAddress() } });
  expect(other.status).toBe(401);
});

it("believes a forwarded address only as far as the trusted proxy wrote it", async () => {
  const real = newAddress();
  for (let index = 0; index < 12; index++) {
    const headers = { "x-forwarded-for": `198.51.100.${index}, ${real}` };
    expect((await fetch(`${program.url}/api/trpc/auth.me`, { headers })).status).toBe(401);
  }
  const headers = { "x-forwarded-for": `198.51.100.99, ${real}` };
  expect((await fetch(`${program.url}/api/trpc/auth.me`, { headers })).status).toBe(429);
});

it("counts who is signed in by person, over all addresses, tokens and kept answers", async () => {
  const { token } = await addPerson(program.db);
  const call = (path: string) => callProcedure(program.url, { path, type: "query", credentials: { token } });
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) => call(index % 2 ? "servers.list" : "auth.me")),
  );
  expect(answers.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
  expectLimited(await call("servers.list"), 60);
  expectLimited(await call("auth.me"), 60);
});

it("limits sign-in attempts by address, without locking the account for others", async () => {
  const person = await addPerson(program.db, { password: "a passphrase of mine 1" });
  const attempt = (password: string, from: string) =>
    post("auth.issueToken", { json: { username: person.username, password } }, { "x-forwarded-for": from });
  const stranger = newAddress();
  for (let index = 0; index < 5; index++) expect((await attempt("wrong", stranger)).status).toBe(401);
  expectLimited(await attempt("a passphrase of mine 1", stranger), 5);
  expect((await attempt("a passphrase of mine 1", newAddress())).status).toBe(200);
});

it("limits commands by person", async () => {
  const { token } = await addPerson(program.db);
  const credentials = { token };
  const input = { serverId: crypto.randomUUID(), command: "list" };
  const run = () => callProcedure(program.url, { path: "console.command", type: "mutation", input, credentials });
  for (let index = 0; index < 20; index++) expect((await run()).error?.code).toBe("SERVER_NOT_FOUND");
  expectLimited(await run(), 20);
  expect((await callProcedure(program.url, { path: "auth.me", type: "query", credentials })).status).toBe(200);
});
