import { decode } from "next-auth/jwt";
import type { ActorResolver } from "@/domains/auth/server/resolve-actor";
import type { Actor } from "@/server/auth/actor";

export interface RequestCredentials {
  cookie?: string | undefined;
  authorization?: string | undefined;
}

export interface Authenticator {
  /** Who is asking at this instant, or null. Rejects while the database is away: nobody is let in on a guess. */
  (credentials: RequestCredentials, address: string): Promise<Actor | null>;
  sessionIdOf(cookie: string | undefined): Promise<string | null>;
}

const keptTokens = 2000;

/** A session cookie or an API token. The cookie only names the session; its row decides. */
export function createAuthenticator({ actors, secret }: { actors: ActorResolver; secret: string }): Authenticator {
  const decoded = new Map<string, { sessionId: string; expiresAt: number }>();

  const sessionIdOf = async (cookie: string | undefined): Promise<string | null> => {
    const token = /(?:^|;\s*)(?:__Host-)?mcsd\.session=([^;]+)/.exec(cookie ?? "")?.[1];
    if (!token || token.length > 4096) return null;
    const known = decoded.get(token);
    if (known) return known.expiresAt > Date.now() ? known.sessionId : null;
    const payload = await decode({ token, secret }).catch(() => null);
    const { sid, exp } = (payload ?? {}) as { sid?: unknown; exp?: unknown };
    if (typeof sid !== "string" || !/^[0-9a-f-]{36}$/.test(sid) || typeof exp !== "number") return null;
    if (decoded.size >= keptTokens) decoded.delete(decoded.keys().next().value ?? "");
    decoded.set(token, { sessionId: sid, expiresAt: exp * 1000 });
    return sid;
  };

  const authenticate = async (
    { cookie, authorization }: RequestCredentials,
    address: string,
  ): Promise<Actor | null> => {
    const bearer = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
    if (bearer) return actors.byToken(bearer, address);
    const sessionId = await sessionIdOf(cookie);
    return sessionId ? actors.bySession(sessionId, address) : null;
  };
  return Object.assign(authenticate, { sessionIdOf });
}
