import { RateLimiterMemory, type RateLimiterRes } from "rate-limiter-flexible";
import type { Actor } from "@/server/auth/actor";
import type { Env } from "@/server/env";

export interface Refusal {
  retryAfterSeconds: number;
  [key: string]: unknown;
}

/** Rate limits, counted per call (a batch of ten counts ten). Keys are an address or a user, never shared by strangers. */
export interface CallLimits {
  /** Counts one procedure call; returns the refusal when it is over the limit. */
  consume(actor: Actor | null, address: string, path: string): Promise<Refusal | null>;
  /** Counts one sign-in attempt, by address and by address and account. */
  consumeSignIn(address: string, username: string): Promise<Refusal | null>;
}

const rconPerMinute = 20;

export function createCallLimits(
  env: Pick<Env, "RATE_LIMIT_PER_MINUTE" | "RATE_LIMIT_USER_PER_MINUTE" | "LOGIN_RATE_LIMIT_PER_MINUTE">,
): CallLimits {
  const perMinute = (points: number, keyPrefix: string) => new RateLimiterMemory({ points, duration: 60, keyPrefix });
  const anonymous = perMinute(env.RATE_LIMIT_PER_MINUTE, "address");
  const user = perMinute(env.RATE_LIMIT_USER_PER_MINUTE, "user");
  const rcon = perMinute(rconPerMinute, "rcon");
  const signIn = perMinute(env.LOGIN_RATE_LIMIT_PER_MINUTE, "sign-in");

  return {
    async consume(actor, address, path) {
      if (actor?.kind === "system") return null;
      const first = actor ? await take(user, actor.userId) : await take(anonymous, address);
      if (first || !actor || path !== "console.command") return first;
      return take(rcon, actor.userId);
    },
    async consumeSignIn(address, username) {
      return (await take(signIn, address)) ?? (await take(signIn, `${address} ${username.toLowerCase()}`));
    },
  };
}

async function take(limiter: RateLimiterMemory, key: string): Promise<Refusal | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (refused) {
    const { msBeforeNext } = refused as RateLimiterRes;
    return { retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)), limit: limiter.points, windowSeconds: 60 };
  }
}
