import { decode, encode } from "next-auth/jwt";

export interface AccessClaims {
  sessionId: string;
  /** Unix seconds. When the access part ends, whatever next-auth makes of the cookie's own expiry. */
  until: number;
}

export interface AccessParts {
  /** Life of an access part. */
  readonly seconds: number;
  /** When one that is made now ends, in Unix seconds. */
  until(): number;
  make(session: { sessionId: string; userId: string }): Promise<string>;
  /** What a genuine one says, also when it has ended; null for anything else. */
  read(token: string | undefined): Promise<AccessClaims | null>;
}

const keptTokens = 2000;

/**
 * The access part of a session is the JWT in next-auth's cookie. Its claim `acc` says when it ends: next-auth writes the cookie
 * anew whenever its session route is asked, and copies the claim.
 */
export function createAccessParts(options: { secret: string; seconds: number; cookieSeconds: number }): AccessParts {
  const { secret, seconds, cookieSeconds } = options;
  const known = new Map<string, AccessClaims & { exp: number }>();
  const until = () => Math.floor(Date.now() / 1000) + seconds;

  const decodeToken = async (token: string) => {
    const payload: unknown = await decode({ token, secret }).catch(() => null);
    const { sid, acc, exp } = (payload ?? {}) as { sid?: unknown; acc?: unknown; exp?: unknown };
    if (typeof sid !== "string" || !/^[0-9a-f-]{36}$/.test(sid)) return null;
    return typeof acc === "number" && typeof exp === "number" ? { sessionId: sid, until: acc, exp } : null;
  };

  return {
    seconds,
    until,
    make: ({ sessionId, userId }) =>
      encode({ token: { sub: userId, sid: sessionId, acc: until() }, secret, maxAge: cookieSeconds }),
    async read(token) {
      if (!token || token.length > 4096) return null;
      const claims = known.get(token) ?? (await decodeToken(token));
      if (!claims || claims.exp * 1000 <= Date.now()) return null;
      if (!known.has(token)) {
        if (known.size >= keptTokens) known.delete(known.keys().next().value ?? "");
        known.set(token, claims);
      }
      return claims;
    },
  };
}
