import { readCookie, sessionCookieNames } from "@/domains/auth/session-cookies";
import type { ErrorBody } from "@/lib/error-codes";
import { currentAttempt, finishAttempt } from "./renewal-attempt";

export type Renewal =
  | { kind: "renewed" }
  /** The session is over: only a sign-in helps. */
  | { kind: "ended" }
  /** It could not be told: no connection, no database, too many calls. `error` is what the server said, if it did. */
  | { kind: "failed"; error: ErrorBody | null };

const lockName = "mcsd.session";
const answerMs = 10_000;
const lockMs = 15_000;
let running: Promise<Renewal> | null = null;

/** What the page knows of its access part: another value after each renewal, undefined when it has next to no time left. */
export function freshMark(): string | undefined {
  const cookies = document.cookie;
  return readCookie(cookies, sessionCookieNames(true).fresh) ?? readCookie(cookies, sessionCookieNames(false).fresh);
}

/**
 * Renews the session, once however many ask, in this tab and in the others. `seen` is the mark at the time of the call that
 * was refused: when it has changed since, another tab has done it already.
 */
export function renewSession(seen: string | undefined): Promise<Renewal> {
  running ??= alone(() => renewUnlessDone(seen)).finally(() => {
    running = null;
  });
  return running;
}

async function renewUnlessDone(seen: string | undefined): Promise<Renewal> {
  const attempt = await currentAttempt();
  const mark = freshMark();
  if (mark !== undefined && mark !== seen) return { kind: "renewed" };
  try {
    const response = await fetch("/api/session/refresh", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ attempt }),
      signal: AbortSignal.timeout(answerMs),
    });
    if (response.ok) {
      finishAttempt(attempt);
      return { kind: "renewed" };
    }
    if (response.status === 401) return { kind: "ended" };
    const { error } = (await response.json()) as { error: ErrorBody };
    return { kind: "failed", error };
  } catch {
    return { kind: "failed", error: null };
  }
}

/**
 * One tab at a time, where the browser can (on https and localhost). Elsewhere, and when another tab sits on the lock, the shared
 * attempt keeps two renewals from looking like a theft.
 */
async function alone(work: () => Promise<Renewal>): Promise<Renewal> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return work();
  let isStarted = false;
  try {
    return await locks.request(lockName, { signal: AbortSignal.timeout(lockMs) }, () => {
      isStarted = true;
      return work();
    });
  } catch (error) {
    if (isStarted) throw error;
    return work();
  }
}
