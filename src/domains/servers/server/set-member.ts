import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { type Permission, permissions } from "../../auth/permissions";
import type { Member } from "../members-contract";
import { type HeldServer, holdServer, publishMemberChange, recordMemberChange, requireManager } from "./change-members";
import { findMemberRow, lockActiveUser, upsertMember } from "./members-repository";
import { mayWith, reachServer } from "./policy";

/**
 * Shares a server with somebody who is let in, or changes what they may do with it. Nobody gives what they may not do with the
 * server themselves; what the member had before may stay.
 */
export async function setMember(
  ctx: Ctx,
  input: { serverId: string; username: string; permissions: readonly Permission[] },
): Promise<Member> {
  const { serverId, username } = input;
  requireManager(ctx.actor, await reachServer(ctx, serverId, "servers.view"));
  const wanted = permissions.filter((name) => input.permissions.includes(name));
  const { member, record, entry } = await ctx.db.transaction(async (tx) => {
    const user = await lockActiveUser(tx, username);
    const held = await holdServer(ctx, tx, serverId);
    const { actor, record } = held;
    requireManager(actor, record);
    if (!user) throw new AppError("USER_NOT_FOUND", "There is no such user.", { username });
    if (user.id === record.ownerId) throw ownsIt(username);
    const before = await findMemberRow(tx, serverId, user.id);
    requireGivable(
      held,
      wanted.filter((name) => !before?.permissions.includes(name)),
    );
    const addedBy = actor.kind === "system" ? actor.name : actor.username;
    await upsertMember(tx, { serverId, userId: user.id, permissions: wanted, addedBy, createdAt: ctx.clock.now() });
    const member = await findMemberRow(tx, serverId, user.id);
    if (!member) throw new Error("the member's row is missing");
    const details = { permissions: wanted, before: before?.permissions ?? null };
    const change = { kind: "shared", userId: user.id, username: user.username, details } as const;
    return { member, record, entry: await recordMemberChange(tx, held, change) };
  });
  publishMemberChange(ctx, record, member.userId, entry);
  return member;
}

function requireGivable({ actor, record }: HeldServer, given: readonly Permission[]): void {
  const lacking = given.filter((name) => !mayWith(actor, record, name));
  if (lacking.length === 0) return;
  throw new AppError("PERMISSION_NOT_HELD", `You may not do this with the server yourself: ${lacking.join(", ")}.`, {
    permission: lacking[0],
    permissions: lacking,
  });
}

function ownsIt(username: string): AppError {
  return new AppError("VALIDATION_FAILED", "The server is theirs already.", {
    issues: [{ path: ["username"], code: "owner", message: "owner", given: username }],
  });
}
