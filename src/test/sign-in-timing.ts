import { readdirSync, readFileSync } from "node:fs";
import { eq } from "drizzle-orm";
import { passkeys } from "@/domains/auth/server/table";
import { users } from "@/domains/users/server/table";
import type { Program } from "./program";
import { password, withTotp } from "./program-factors";
import { addPerson } from "./program-people";
import { openBrowser } from "./program-session";

/**
 * Everybody about whom a wrong password must tell nothing. Four are of one kind (`existing`): how far those are apart is what the
 * machine's other work does to the figures.
 */
export async function addEveryKind(program: Program): Promise<Record<string, string>> {
  const { db } = program;
  const named = async (options: Parameters<typeof addPerson>[1]) => (await addPerson(db, options)).username;
  const keyHolder = await addPerson(db, { password });
  const key = { userId: keyHolder.id, name: "Key", credentialId: keyHolder.id, publicKey: "AA", counter: 0 };
  await db.insert(passkeys).values(key);
  await db.update(users).set({ hasPasskey: true }).where(eq(users.id, keyHolder.id));
  return {
    existing1: await named({ password }),
    existing2: await named({ password }),
    existing3: await named({ password }),
    existing4: await named({ password }),
    missing: "user-99-ffffff",
    deactivated: await named({ password, isActive: false }),
    unapproved: await named({ password, isApproved: false }),
    rejected: await named({ password, isApproved: false, isActive: false }),
    withTotp: (await withTotp(program)).person.username,
    withPasskey: keyHolder.username,
  };
}

/** One wrong password by some way; resolves with all that the answer says, made comparable. */
export type Attempt = (username: string) => Promise<string>;

const wrong = { password: "not the passphrase 1", totp: "123456" };

/** Through the sign-in page's route, with one browser whose token for forms is asked for once. */
async function signInRoute(program: Program): Promise<Attempt> {
  const browser = openBrowser(program.url);
  const { csrfToken } = (await (await browser.fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const attempt: Attempt = async (username) => {
    const body = new URLSearchParams({ username, ...wrong, csrfToken, json: "true" });
    const response = await browser.fetch("/api/auth/callback/credentials", { method: "POST", body });
    return comparable(response);
  };
  // The first answer that a browser gets also brings it a cookie, whoever it is about.
  await attempt("somebody-else");
  return attempt;
}

/** As a script asks for a token. */
function issueTokenRoute(program: Program): Attempt {
  return async (username) => {
    const response = await fetch(`${program.url}/api/trpc/auth.issueToken`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ json: { username, ...wrong } }),
    });
    return comparable(response);
  };
}

/** Without what differs between any two requests. */
async function comparable(response: Response): Promise<string> {
  const text = (await response.text())
    .replace(/"timestamp":"[^"]*"/, '"timestamp":""')
    .replace(/"requestId":"[^"]*"/, '"requestId":""');
  const headers = [...response.headers].filter(([name]) => !["date", "x-request-id"].includes(name));
  const lines = headers.map(([name, value]) => `${name}: ${value.replace(/nonce-[^']*/g, "nonce-")}`).sort();
  return `${response.status}\n${lines.join("\n")}\n${text}`;
}

export interface Spread {
  medians: Record<string, number>;
  /** Between the least and the most. */
  spreadMs: number;
  /** Among those of one kind. */
  noiseMs: number;
  /** What the plan says, or more where the noise is such that it hides that. */
  allowedMs: number;
}

export interface Comparison {
  /** Different answers: one, when nothing can be told apart. */
  answers: Set<string>;
  /** Until the answer was there. */
  waited: Spread;
  /** Of the program's processor time: tells on a machine that is busy with other things what waiting does not. */
  worked: Spread;
}

interface Plan {
  pid: number;
  /** How far the medians may be apart, in ms. */
  withinMs: number;
  /** Of one measurement; each tries everybody once, in another order, so that what the machine does besides meets all alike. */
  rounds: number;
  /** No measurement begins after this. */
  maxMs: number;
}

const maxMeasurements = 3;

/**
 * Measures until nobody stands out, three times at most, and takes all that was measured together: other work on the machine
 * spoils a few tries, a difference stays.
 */
async function compareKinds(people: Record<string, string>, attempt: Attempt, plan: Plan): Promise<Comparison> {
  const answers = new Set<string>();
  const tries: Try[] = [];
  // The first call of all does what is done once.
  for (const username of Object.values(people)) answers.add(await attempt(username));
  const startedAt = performance.now();
  for (let measurement = 1; ; measurement++) {
    for (let round = 0; round < plan.rounds; round++) {
      for (const [name, username] of Object.entries(people).sort(() => Math.random() - 0.5)) {
        const before = { now: performance.now(), cpu: processorMs(plan.pid) };
        answers.add(await attempt(username));
        tries.push({ name, waited: performance.now() - before.now, worked: processorMs(plan.pid) - before.cpu });
      }
    }
    const { withinMs } = plan;
    const found = { waited: summarise(tries, "waited", withinMs), worked: summarise(tries, "worked", withinMs) };
    const isClose = Object.values(found).every(
      ({ spreadMs, allowedMs, noiseMs }) => noiseMs < withinMs && spreadMs <= allowedMs,
    );
    if (isClose || measurement === maxMeasurements || performance.now() - startedAt > plan.maxMs)
      return { answers, ...found };
  }
}

interface Try {
  name: string;
  waited: number;
  worked: number;
}

function summarise(tries: readonly Try[], what: "waited" | "worked", withinMs: number): Spread {
  const of = (name: string) => median(tries.filter((one) => one.name === name).map((one) => one[what]));
  const medians = Object.fromEntries(
    [...new Set(tries.map(({ name }) => name))].sort().map((name) => [name, of(name)]),
  );
  const noiseMs = spread(Object.entries(medians).flatMap(([name, ms]) => (name.startsWith("existing") ? [ms] : [])));
  return { medians, noiseMs, spreadMs: spread(Object.values(medians)), allowedMs: Math.max(withinMs, 3 * noiseMs) };
}

/** What all threads of a process have used up, by the kernel's own account (ns in the first field of schedstat). */
function processorMs(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const used = threads.map((thread) => Number(readThread(`/proc/${pid}/task/${thread}/schedstat`).split(" ")[0]));
  return used.reduce((sum, ns) => sum + ns, 0) / 1e6;
}

function readThread(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "0";
  }
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Tries everybody by one way and prints what was measured. */
export async function measureKinds(
  program: Program,
  people: Record<string, string>,
  { what, way, ...plan }: Omit<Plan, "pid"> & { what: string; way: (program: Program) => Promise<Attempt> | Attempt },
): Promise<Comparison> {
  const found = await compareKinds(people, await way(program), { ...plan, pid: program.pid });
  for (const name of ["waited", "worked"] as const) {
    const { medians, spreadMs, noiseMs, allowedMs } = found[name];
    const figures = Object.entries(medians).map(([who, ms]) => `${who} ${ms.toFixed(1)}`);
    const sum = `spread ${spreadMs.toFixed(1)}, of one kind ${noiseMs.toFixed(1)}, allowed ${allowedMs.toFixed(1)}`;
    console.log(`${what}, ${name}, medians in ms: ${figures.join(", ")}; ${sum}`);
  }
  return found;
}

export const signInWays = [
  { what: "the sign-in page's route", way: signInRoute },
  { what: "auth.issueToken", way: issueTokenRoute },
] as const;
