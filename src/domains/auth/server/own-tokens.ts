import { randomBytes } from "node:crypto";
import type { PersonActor } from "@/server/auth/actor";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { ApiToken } from "../contract";
import type { Permission } from "../permissions";
import { holdAccount } from "./hold-account";
import { requireAccountHolder } from "./require-account-holder";
import { hashToken, tokenPrefix } from "./resolve-actor";
import { countGoodTokens, insertToken, listUnrevokedTokens, revokeOwnToken, type TokenRow } from "./token-repository";

const maxTokens = 100;
const dayMs = 86_400_000;
/** Expired ones are still listed for a while: so that it can be seen why a script stopped. */
const listedDays = 30;

/** One's own tokens, the newest first. */
export async function listTokens(ctx: Ctx): Promise<ApiToken[]> {
  const actor = requireAccountHolder(ctx.actor);
  const since = new Date(ctx.clock.now().getTime() - listedDays * dayMs);
  return (await listUnrevokedTokens(ctx.db, actor.userId, since)).map(toApiToken);
}

/** Makes a token; its secret is in this answer and nowhere else. Scopes must be one's own permissions. */
export async function createToken(
  ctx: Ctx,
  { name, scopes, expiresInDays }: { name: string; scopes: Permission[] | null; expiresInDays: number },
): Promise<{ token: string; apiToken: ApiToken }> {
  const actor = requireAccountHolder(ctx.actor);
  for (const permission of scopes ?? []) requireHeld(actor, permission);
  const now = ctx.clock.now();
  const token = tokenPrefix + randomBytes(32).toString("base64url");
  const row = await ctx.db.transaction(async (tx) => {
    await holdAccount(tx, actor);
    if ((await countGoodTokens(tx, actor.userId, now)) >= maxTokens) {
      const text = `An account can have ${maxTokens} tokens. Revoke one that is not needed any more.`;
      throw new AppError("LIMIT_EXCEEDED", text, { limit: maxTokens, field: "tokens" });
    }
    const added = await insertToken(tx, {
      userId: actor.userId,
      name,
      hash: hashToken(token),
      scopes: scopes && [...new Set(scopes)],
      createdAt: now,
      expiresAt: new Date(now.getTime() + expiresInDays * dayMs),
    });
    const target = { kind: "token", id: added.id };
    await recordAudit(tx, actor, { action: "auth.createToken", target, details: { name, scopes, expiresInDays } });
    return added;
  });
  return { token, apiToken: toApiToken(row) };
}

/** Ends one of one's own tokens; TOKEN_NOT_FOUND for anybody else's and for what has ended. */
export async function revokeToken(ctx: Ctx, { tokenId }: { tokenId: string }): Promise<void> {
  const actor = requireAccountHolder(ctx.actor);
  await ctx.db.transaction(async (tx) => {
    const name = await revokeOwnToken(tx, { userId: actor.userId, tokenId }, ctx.clock.now());
    if (name === null) throw new AppError("TOKEN_NOT_FOUND", "There is no such token.", { tokenId });
    await recordAudit(tx, actor, {
      action: "auth.revokeToken",
      target: { kind: "token", id: tokenId },
      details: { name },
    });
  });
}

/** `rcon.execute` may be a scope of anybody's: the console of one's own servers needs no permission, but a token the scope. */
function requireHeld(actor: PersonActor, permission: Permission): void {
  if (permission === "rcon.execute" || actor.permissions.has(permission)) return;
  throw new AppError("PERMISSION_NOT_HELD", `You do not hold ${permission} yourself.`, { permission });
}

function toApiToken({ id, name, scopes, createdAt, expiresAt, lastUsedAt, lastUsedAddress }: TokenRow): ApiToken {
  return { id, name, scopes, createdAt, expiresAt, lastUsedAt, lastUsedAddress };
}
