import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Database } from "@/server/db/connect";
import { serverMembers } from "../../servers/server/table";
import { type UserRow, users } from "../../users/server/table";
import type { Permission } from "../permissions";
import type { SessionRow } from "./session-repository";
import { apiTokens, sessions } from "./table";
import type { TokenRow } from "./token-repository";

/** Permissions by server, of the servers that are shared with the user in the outer query. */
type Shared = Record<string, Permission[]>;
const shared = sql<Shared>`coalesce((select json_object_agg(${serverMembers.serverId}, ${serverMembers.permissions})
  from ${serverMembers} where ${serverMembers.userId} = ${users.id}), '{}')`.mapWith((value) =>
  typeof value === "string" ? JSON.parse(value) : value,
);

/** Reads a session and its user, when both are good at the instant of the call. */
export function prepareFindSessionUser(
  db: Database,
): (sessionId: string) => Promise<{ user: UserRow; session: SessionRow; shared: Shared } | null> {
  const query = db
    .select({ user: users, session: sessions, shared })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sql.placeholder("sessionId")),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql`now()`),
        eq(users.isActive, true),
      ),
    )
    .limit(1)
    .prepare("find_session_user");
  return async (sessionId) => (await query.execute({ sessionId }))[0] ?? null;
}

/** Reads an API token and its user, when both are good at the instant of the call. */
export function prepareFindTokenUser(
  db: Database,
): (hash: string) => Promise<{ user: UserRow; token: TokenRow; shared: Shared } | null> {
  const query = db
    .select({ user: users, token: apiTokens, shared })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(
      and(
        eq(apiTokens.hash, sql.placeholder("hash")),
        isNull(apiTokens.revokedAt),
        gt(apiTokens.expiresAt, sql`now()`),
        eq(users.isActive, true),
      ),
    )
    .limit(1)
    .prepare("find_token_user");
  return async (hash) => (await query.execute({ hash }))[0] ?? null;
}
