import { sql } from "drizzle-orm";
import type { Actor } from "@/server/auth/actor";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import type { Permission } from "../../auth/permissions";
import { refreshActor } from "../../auth/server/refresh-actor";
import { countOtherAdministrators, lockUserRow } from "./repository";
import type { UserRow } from "./table";

/** Changes of people come one after the other, so that each sees what the one before has left. */
const peopleLock = 0x70656f70;

export interface PeopleChange {
  tx: Transaction;
  /** With the rights of this instant. */
  actor: Actor;
  now: Date;
  /** Writes the change's row into the audit log. */
  audit(targetId: string, details?: Record<string, unknown>): Promise<void>;
}

/**
 * One transaction about people: alone, and with the actor's rights read anew inside it. After the commit everybody who lists
 * users hears of it.
 *
 * @param spec.permission what the change needs, checked before and inside
 */
export async function changePeople<Result>(
  ctx: Ctx,
  spec: { action: string; permission: Permission },
  work: (change: PeopleChange) => Promise<Result>,
): Promise<Result> {
  requirePermission(ctx.actor, spec.permission);
  const result = await ctx.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${peopleLock})`);
    const actor = await refreshActor(tx, ctx.actor);
    requirePermission(actor, spec.permission);
    const audit = (targetId: string, details: Record<string, unknown> = {}) =>
      recordAudit(tx, actor, { action: spec.action, target: { kind: "user", id: targetId }, details });
    return work({ tx, actor, now: ctx.clock.now(), audit });
  });
  ctx.events.publish({ ownerId: null, permission: "users.view", event: { kind: "people" } });
  return result;
}

/** `changePeople` about one user, whose row is held until the end. */
export async function changeUser<Result>(
  ctx: Ctx,
  spec: { action: string; permission: Permission; userId: string },
  work: (change: PeopleChange, target: UserRow) => Promise<Result>,
): Promise<Result> {
  const { action, permission, userId } = spec;
  const result = await changePeople(ctx, { action, permission }, async (change) =>
    work(change, await lockUser(change.tx, userId)),
  );
  // What is open of theirs reads everything anew, with the rights that they have now.
  ctx.events.publish({ ownerId: null, userId, event: { kind: "lagged" } });
  return result;
}

export async function lockUser(tx: Transaction, userId: string): Promise<UserRow> {
  const row = await lockUserRow(tx, userId);
  if (!row) throw userNotFound(userId);
  return row;
}

export function userNotFound(userId: string): AppError {
  return new AppError("USER_NOT_FOUND", "There is no such user.", { userId });
}

/** The last administrator who can sign in stays one. Call it before the change, inside `changePeople`. */
export async function requireAdministratorBeside(tx: Transaction, target: UserRow): Promise<void> {
  if (target.role !== "admin" || !target.isActive || !target.isApproved) return;
  if ((await countOtherAdministrators(tx, target.id)) > 0) return;
  throw new AppError("LAST_ADMINISTRATOR", "This is the last active administrator.", { userId: target.id });
}
