import type { z } from "zod";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { endAccess } from "../../auth/server/end-access";
import { handOverGroups } from "../../groups/server/hand-over-groups";
import { deleteServer } from "../../servers/server/delete-server";
import { followOwner } from "../../servers/server/follow-owner";
import { listOwnedServers, type OwnedServer } from "../../servers/server/list-owned-servers";
import { holdOwnerLimits, requireRoomForServers, withDiskRoom } from "../../servers/server/owner-limits";
import { transferServers } from "../../servers/server/transfer-servers";
import { type deleteUserInputSchema, userStateOf } from "../contract";
import { changeUser, lockUser, type PeopleChange, requireAdministratorBeside } from "./change-people";
import { requireNotOneself, requireNotOutranked } from "./policy";
import { deleteUserRow, updateUserRow } from "./repository";
import type { UserRow } from "./table";

type Input = z.output<typeof deleteUserInputSchema>;

/**
 * Removes an account with all that hangs on it. Its servers go to somebody else, in the same transaction; or they are deleted
 * first, for which all must be stopped: until they are gone the account is deactivated, and the same call, made again after
 * a failure or a crash in between, goes on where it was. Its groups go where its servers go, or with it.
 */
export async function deleteUser(ctx: Ctx, input: Input): Promise<{ userId: string }> {
  requirePermission(ctx.actor, "users.delete");
  const { userId, servers } = input;
  const spec = { action: "users.delete", permission: "users.delete", userId } as const;
  if (servers?.action === "delete") await deleteServersOf(ctx, input);
  const toUserId = servers?.action === "transfer" ? servers.toUserId : null;
  if (toUserId) await withDiskRoom(ctx, { ownerId: toUserId, bytes: 0, alsoOf: userId }, async () => {});
  const orphaned = await changeUser(ctx, spec, async (change, target) => {
    await requireMayGo(change, target, input.confirm);
    const { tx, actor, now, audit } = change;
    let to: UserRow | null = null;
    const owned = await listOwnedServers(tx, userId);
    if (owned.length > 0) {
      if (!toUserId) throw hasServers(owned);
      // Else whoever may delete an account could make its servers their own.
      requirePermission(actor, "servers.update");
      requirePermission(actor, "servers.view_all");
      to = await lockReceiver(change, userId, toUserId);
      await requireRoomAt(ctx, tx, { owned, to: toUserId });
      await transferServers(tx, { actor, from: target, to, now });
    }
    const serverIds = await handOverGroups(tx, { actor, from: target, to, now });
    await deleteUserRow(tx, userId);
    await audit(userId, { username: target.username, role: target.role, servers: owned.length, toUserId });
    return serverIds;
  });
  for (const serverId of orphaned) ctx.groups.sync.wake(serverId);
  if (toUserId) await followOwner(ctx, toUserId);
  return { userId };
}

/** By the servers' own verb, one after the other, and only when all of them can go. */
async function deleteServersOf(ctx: Ctx, { userId, confirm }: Input): Promise<void> {
  const spec = { action: "users.delete", permission: "users.delete", userId } as const;
  const owned = await changeUser(ctx, spec, async (change, target) => {
    await requireMayGo(change, target, confirm);
    const { tx, actor, now, audit } = change;
    requirePermission(actor, "servers.delete");
    requirePermission(actor, "servers.view_all");
    const found = await listOwnedServers(tx, userId);
    requireAllStopped(ctx, found);
    if (found.length === 0 || !target.isActive) return found;
    await updateUserRow(tx, userId, { isActive: false, updatedAt: now });
    await endAccess(tx, userId, { now, reason: "deactivated" });
    await audit(userId, { username: target.username, before: userStateOf(target), serversToDelete: found.length });
    return found;
  });
  for (const { id, name } of owned) await (await deleteServer(ctx, { serverId: id, confirm: name })).done;
}

async function requireMayGo({ tx, actor }: PeopleChange, target: UserRow, confirm: string): Promise<void> {
  requireNotOneself(actor, target);
  requireNotOutranked(actor, target);
  if (confirm !== target.username) {
    throw new AppError("CONFIRMATION_MISMATCH", "Type the user's name exactly to delete it.", {
      issues: [{ path: ["confirm"], code: "mismatch", message: "mismatch" }],
    });
  }
  await requireAdministratorBeside(tx, target);
}

function requireAllStopped({ supervisor }: Ctx, owned: readonly OwnedServer[]): void {
  const open = owned.flatMap(({ id, name }) => {
    const tracked = supervisor.find(id);
    const isStopped = tracked?.record.state === "stopped" && !tracked.busy;
    return isStopped ? [] : [{ serverId: id, name, state: tracked?.record.state ?? "unknown" }];
  });
  if (open.length === 0) return;
  const names = open.map(({ name }) => name).join(", ");
  throw new AppError("SERVERS_NOT_STOPPED", `These servers are not stopped: ${names}.`, { servers: open });
}

async function lockReceiver({ tx }: PeopleChange, userId: string, toUserId: string): Promise<UserRow> {
  if (toUserId === userId) {
    throw new AppError("VALIDATION_FAILED", "The servers cannot go to the user who is deleted.", {
      issues: [{ path: ["servers", "toUserId"], code: "same_user", message: "same_user" }],
    });
  }
  const to = await lockUser(tx, toUserId);
  const state = userStateOf(to);
  if (state === "active") return to;
  throw new AppError("USER_STATE_CONFLICT", `The account of who is to get the servers is ${state}.`, { state });
}

/** The receiver's limits count for what they are given too. */
async function requireRoomAt(
  ctx: Ctx,
  tx: Transaction,
  { owned, to }: { owned: readonly OwnedServer[]; to: string },
): Promise<void> {
  const limits = await holdOwnerLimits(ctx, tx, to);
  const memoryMb = owned.reduce((sum, server) => sum + server.memoryMb, 0);
  await requireRoomForServers(tx, limits, { ownerId: to, servers: owned.length, memoryMb });
}

function hasServers(owned: readonly OwnedServer[]): AppError {
  return new AppError("USER_HAS_SERVERS", "This person has servers: say whether to transfer or to delete them.", {
    servers: owned.length,
  });
}
