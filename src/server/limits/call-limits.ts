import { createHash } from "node:crypto";
import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import type { Actor } from "@/server/auth/actor";
import type { Database } from "@/server/db/connect";
import type { Env } from "@/server/env";
import { networkOf } from "@/server/http/network-of";
import type { Logger } from "@/server/logger";
import { type AttemptKind, attemptRules } from "./attempt-rules";
import { type Count, createStoredCounts, type Window } from "./stored-counts";

export interface Refusal {
  retryAfterSeconds: number;
  limit: number;
  windowSeconds: number;
  [key: string]: unknown;
}

/**
 * Rate limits, counted per call (a batch of ten counts ten), by address or by user, never by something that strangers share.
 * They outlive a restart: attempts are counted in the database at once, ordinary calls in memory and saved every second.
 */
export interface CallLimits {
  /** Counts one procedure call; returns the refusal when it is over the limit. */
  consume(actor: Actor | null, address: string, path: string): Promise<Refusal | null>;
  /** Counts one upload by the person. */
  consumeUpload(actor: Actor): Promise<Refusal | null>;
  /**
   * Counts one attempt, by address and by address and `subject` (the account that it is for, as it was typed). What is refused
   * is not counted. Rejects while the database is away. `countAttempt` throws the refusal.
   */
  consumeAttempt(kind: AttemptKind, address: string, subject?: string): Promise<Refusal | null>;
  consumeSignIn(address: string, username: string): Promise<Refusal | null>;
  /** Takes up the counts of before the restart; call it before anything is served. */
  load(): Promise<void>;
  /** Saves the counts of ordinary calls every second until the signal. Returns at once. */
  start(signal: AbortSignal): void;
  /** Saves what has changed since the last time. */
  save(): Promise<void>;
}

type Settings = Pick<Env, "RATE_LIMIT_PER_MINUTE" | "RATE_LIMIT_USER_PER_MINUTE" | "LOGIN_RATE_LIMIT_PER_MINUTE">;

const rconPerMinute = 20;
const uploadsPerMinute = 5;
const saveEveryMs = 1000;
const savesBetweenCleanings = 60;

export function createCallLimits({ env, db, log }: { env: Settings; db: Database; log: Logger }): CallLimits {
  const stored = createStoredCounts(db);
  const rules = attemptRules(env.LOGIN_RATE_LIMIT_PER_MINUTE);
  const perMinute = (points: number, keyPrefix: string) => new RateLimiterMemory({ points, duration: 60, keyPrefix });
  const calls = {
    address: perMinute(env.RATE_LIMIT_PER_MINUTE, "address"),
    user: perMinute(env.RATE_LIMIT_USER_PER_MINUTE, "user"),
    rcon: perMinute(rconPerMinute, "rcon"),
    upload: perMinute(uploadsPerMinute, "upload"),
  };
  /** What was counted since the last saving, as `limiter:key`. */
  let changed = new Set<string>();
  let saving: Promise<void> | null = null;

  const take = (name: keyof typeof calls, key: string): Promise<Refusal | null> => {
    changed.add(`${name}:${key}`);
    return takeInMemory(calls[name], key);
  };

  const saveChanged = async () => {
    const keys = changed;
    if (keys.size === 0) return;
    changed = new Set();
    try {
      const counts = await Promise.all([...keys].map((key) => countOf(calls, key)));
      await stored.save(counts.filter((count) => count !== null));
    } catch (error) {
      for (const key of keys) changed.add(key);
      throw error;
    }
  };
  const save = async () => {
    await saving;
    saving = saveChanged().finally(() => {
      saving = null;
    });
    return saving;
  };

  const consumeAttempt: CallLimits["consumeAttempt"] = async (kind, address, subject = "") => {
    const network = networkOf(address);
    // Hashed: some type their password where the name belongs.
    const both = createHash("sha256").update(`${network} ${subject.toLowerCase()}`).digest("base64url");
    const windowsBy = (by: "address" | "both", key: string): Window[] =>
      rules[kind]
        .filter((rule) => rule.by === by)
        .map((rule) => ({ ...rule, key: `${kind}-${rule.windowSeconds}:${key}` }));
    const byAddress = windowsBy("address", network);
    const byBoth = subject === "" ? [] : windowsBy("both", both);
    const full = await stored.take([...byAddress, ...byBoth]);
    return full && { ...refusal(full.seconds, full.points), windowSeconds: full.windowSeconds };
  };

  return {
    async consume(actor, address, path) {
      if (actor?.kind === "system") return null;
      const first = actor ? await take("user", actor.userId) : await take("address", networkOf(address));
      if (first || !actor || !isGameCommand(path)) return first;
      return take("rcon", actor.userId);
    },
    consumeUpload: async (actor) => (actor.kind === "system" ? null : take("upload", actor.userId)),
    consumeAttempt,
    consumeSignIn: (address, username) => consumeAttempt("signIn", address, username),
    async load() {
      for (const { key, points, seconds } of await stored.load()) {
        const { limiter, rest } = split(calls, key);
        if (limiter) await limiter.set(rest, points, seconds);
      }
    },
    start(signal) {
      let rounds = 0;
      let isFailing = false;
      const timer = setInterval(async () => {
        if (saving) return;
        try {
          await save();
          if (++rounds % savesBetweenCleanings === 0) await stored.removeEnded();
          isFailing = false;
        } catch (error) {
          if (!isFailing) log.warn({ err: error }, "the counts of the rate limits could not be saved yet");
          isFailing = true;
        }
      }, saveEveryMs).unref();
      signal.addEventListener("abort", () => clearInterval(timer), { once: true });
    },
    save,
  };
}

function split<Name extends string>(calls: Record<Name, RateLimiterMemory>, key: string) {
  const colon = key.indexOf(":");
  const name = key.slice(0, colon);
  const limiter = Object.hasOwn(calls, name) ? calls[name as Name] : null;
  return { limiter, rest: key.slice(colon + 1) };
}

async function countOf(calls: Record<string, RateLimiterMemory>, key: string): Promise<Count | null> {
  const { limiter, rest } = split(calls, key);
  const count = await limiter?.get(rest);
  return count ? { key, points: count.consumedPoints, seconds: count.msBeforeNext / 1000 } : null;
}

async function takeInMemory(limiter: RateLimiterMemory, key: string): Promise<Refusal | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (refused) {
    return refusal((refused as RateLimiterRes).msBeforeNext / 1000, limiter.points);
  }
}

function refusal(seconds: number, limit: number): Refusal {
  return { retryAfterSeconds: Math.max(1, Math.ceil(seconds)), limit, windowSeconds: 60 };
}

/** What makes a running server do something at somebody's word. */
function isGameCommand(path: string): boolean {
  return path === "console.command" || /^players\.(?:kick|message)$/.test(path);
}
