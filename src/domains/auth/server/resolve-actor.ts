import { createHash } from "node:crypto";
import type { Actor } from "@/server/auth/actor";
import { coalesce } from "@/server/auth/coalesce";
import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import type { Logger } from "@/server/logger";
import type { UserRow } from "../../users/server/table";
import { effectivePermissions, type Permission } from "../permissions";
import { prepareFindSessionUser, prepareFindTokenUser, touchToken } from "./repository";

export const tokenPrefix = "mcsd_";
const touchEveryMs = 60_000;

/** Who is behind a session id or an API token at this instant. The database's row is the truth: nothing is cached. */
export interface ActorResolver {
  bySession(sessionId: string, address: string): Promise<Actor | null>;
  byToken(token: string, address: string): Promise<Actor | null>;
}

export function createActorResolver({ db, clock, log }: { db: Database; clock: Clock; log: Logger }): ActorResolver {
  // Every call begins with one of these: built once and prepared they cost a tenth.
  const readSession = coalesce(prepareFindSessionUser(db));
  const readToken = coalesce(prepareFindTokenUser(db));
  const touched = new Map<string, number>();

  const touch = (tokenId: string) => {
    const now = clock.now();
    if (now.getTime() - (touched.get(tokenId) ?? 0) < touchEveryMs) return;
    touched.set(tokenId, now.getTime());
    void touchToken(db, tokenId, now).catch((error) => log.warn({ err: error }, "last use of a token not saved"));
  };

  return {
    async bySession(sessionId, address) {
      const user = await readSession(sessionId);
      return user && { kind: "user", sessionId, ...person(user, null, address) };
    },
    async byToken(token, address) {
      if (!token.startsWith(tokenPrefix) || token.length > 100) return null;
      const found = await readToken(hashToken(token));
      if (!found) return null;
      touch(found.token.id);
      const { id, name, scopes } = found.token;
      return { kind: "token", tokenId: id, tokenName: name, scopes, ...person(found.user, scopes, address) };
    },
  };
}

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function person(user: UserRow, scopes: readonly Permission[] | null, address: string) {
  const all = effectivePermissions(user.role, user.granted, user.denied);
  const permissions = scopes ? new Set(scopes.filter((name) => all.has(name))) : all;
  return {
    userId: user.id,
    username: user.username,
    role: user.role,
    isApproved: user.isApproved,
    permissions,
    address,
  };
}
