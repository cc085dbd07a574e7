import type { ActorResolver } from "@/domains/auth/server/resolve-actor";
import { readCookie, sessionCookieNames } from "@/domains/auth/session-cookies";
import type { Actor } from "@/server/auth/actor";
import type { AccessParts } from "./access-part";

export interface RequestCredentials {
  cookie?: string | undefined;
  authorization?: string | undefined;
  /** How the client reached us: on https only cookies with `__Host-` count. */
  isHttps: boolean;
}

export interface Authenticator {
  /** Who is asking at this instant, or null. Rejects while the database is away: nobody is let in on a guess. */
  (credentials: RequestCredentials, address: string): Promise<Actor | null>;
  /** The same for a stream or transfer that is under way: only session and rights count, not the end of the access part. */
  again(credentials: RequestCredentials, address: string): Promise<Actor | null>;
  /** Whether the cookie was one of ours and only its access part has ended: then the browser can renew it. */
  hasEnded(credentials: RequestCredentials): Promise<boolean>;
}

/** A session's access part or an API token. The cookie only names the session; its row decides. */
export function createAuthenticator({ actors, access }: { actors: ActorResolver; access: AccessParts }): Authenticator {
  const claimsOf = ({ cookie, isHttps }: RequestCredentials) =>
    access.read(readCookie(cookie, sessionCookieNames(isHttps).session));
  const hasTime = ({ until }: { until: number }) => until * 1000 > Date.now();

  const find = async (credentials: RequestCredentials, address: string, isUnderWay: boolean) => {
    const bearer = /^Bearer (\S+)$/i.exec(credentials.authorization ?? "")?.[1];
    if (bearer) return actors.byToken(bearer, address);
    const claims = await claimsOf(credentials);
    return claims && (isUnderWay || hasTime(claims)) ? actors.bySession(claims.sessionId, address) : null;
  };
  return Object.assign((credentials: RequestCredentials, address: string) => find(credentials, address, false), {
    again: (credentials: RequestCredentials, address: string) => find(credentials, address, true),
    async hasEnded(credentials: RequestCredentials) {
      const claims = await claimsOf(credentials);
      return claims !== null && !hasTime(claims);
    },
  });
}
