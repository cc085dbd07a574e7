import { createHash } from "node:crypto";
import type { Actor, Person } from "@/server/auth/actor";
import { coalesce } from "@/server/auth/coalesce";
import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import type { Logger } from "@/server/logger";
import type { SettingsStore } from "../../settings/server/settings-store";
import type { UserRow } from "../../users/server/table";
import { effectivePermissions, type Permission } from "../permissions";
import { prepareFindSessionUser, prepareFindTokenUser } from "./find-caller";
import { touchSession } from "./session-repository";
import { touchToken } from "./token-repository";

export const tokenPrefix = "mcsd_";
const touchEveryMs = 60_000;
const keptTouches = 10_000;

/** Who is behind a session id or an API token at this instant. The database's row is the truth: nothing is cached. */
export interface ActorResolver {
  bySession(sessionId: string, address: string): Promise<Actor | null>;
  byToken(token: string, address: string): Promise<Actor | null>;
}

interface Ports {
  db: Database;
  clock: Clock;
  log: Logger;
  settings: SettingsStore;
}

export function createActorResolver({ db, clock, log, settings }: Ports): ActorResolver {
  // Every call begins with one of these: built once and prepared they cost a tenth.
  const readSession = coalesce(prepareFindSessionUser(db));
  const readToken = coalesce(prepareFindTokenUser(db));
  const touched = new Map<string, number>();

  // Beside the call, never before its answer.
  const touch = (id: string, save: (now: Date) => Promise<void>) => {
    const now = clock.now();
    if (now.getTime() - (touched.get(id) ?? 0) < touchEveryMs) return;
    if (touched.size >= keptTouches) touched.clear();
    touched.set(id, now.getTime());
    void save(now).catch((error) => log.warn({ err: error }, "last use of a session or token not saved"));
  };

  return {
    async bySession(sessionId, address) {
      const found = await readSession(sessionId);
      if (!found) return null;
      touch(sessionId, (now) => touchSession(db, sessionId, now));
      const authenticatedAt = found.session.createdAt;
      return { kind: "user", sessionId, ...person({ ...found, scopes: null, authenticatedAt, address }) };
    },
    async byToken(token, address) {
      if (!token.startsWith(tokenPrefix) || token.length > 100) return null;
      const found = await readToken(hashToken(token));
      if (!found) return null;
      touch(found.token.id, (now) => touchToken(db, found.token.id, { now, address }));
      const { id, name, scopes, authenticatedAt } = found.token;
      const who = person({ ...found, scopes, authenticatedAt, address });
      return { kind: "token", tokenId: id, tokenName: name, scopes, ...who };
    },
  };

  function person({ user, shared, scopes, authenticatedAt, address }: Found): Person {
    const all = effectivePermissions(user.role, user.granted, user.denied);
    const isAllowed = (name: Permission) => !user.denied.includes(name) && (!scopes || scopes.includes(name));
    return {
      userId: user.id,
      username: user.username,
      role: user.role,
      isApproved: user.isApproved,
      permissions: scopes ? new Set(scopes.filter((name) => all.has(name))) : all,
      shared: new Map(Object.entries(shared).map(([id, names]) => [id, new Set(names.filter(isAllowed))])),
      mustEnrol: !user.hasTotp && !user.hasPasskey && settings.current().secondFactorRoles.includes(user.role),
      authenticatedAt,
      address,
    };
  }
}

interface Found {
  user: UserRow;
  shared: Record<string, Permission[]>;
  scopes: readonly Permission[] | null;
  authenticatedAt: Date | null;
  address: string;
}

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
