import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { takeTurns } from "@/lib/take-turns";
import type { Services } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { measureFolder } from "@/server/fs/measure-folder";
import { operations } from "../../jobs/server/table";
import { noLimits } from "../../users/contract";
import { type LimitsByLayer, lowestLimit, type MaxLimit } from "../../users/lowest-limit";
import { users } from "../../users/server/table";
import { servers } from "./table";

const mb = 1024 * 1024;

type Deps = Pick<Services, "db" | "settings" | "dataDir">;

/**
 * The limits of an owner, whose row is held until the transaction ends: what is added for one owner is added one after the
 * other. Rows of users are locked before those of servers, here as everywhere.
 */
export async function holdOwnerLimits(
  { settings }: Pick<Deps, "settings">,
  tx: Transaction,
  ownerId: string,
): Promise<LimitsByLayer> {
  const [owner] = await tx
    .select({ limits: users.limits })
    .from(users)
    .where(eq(users.id, ownerId))
    .for("no key update");
  if (!owner) throw new AppError("USER_NOT_FOUND", "The owner's account is not there any more.", { userId: ownerId });
  return { application: settings.limits(), user: { ...noLimits, ...owner.limits } };
}

/** Throws LIMIT_EXCEEDED, with the layer whose limit is the lowest, when more than that is asked for. */
export function requireWithinLimit(limits: LimitsByLayer, name: MaxLimit, asked: number): void {
  const lowest = lowestLimit(limits, name);
  if (lowest === null || asked <= lowest.max) return;
  const { layer, max } = lowest;
  throw new AppError("LIMIT_EXCEEDED", `That would be ${asked}; the ${layer} limit ${name} is ${max}.`, {
    layer,
    limit: name,
    max,
    asked,
  });
}

export interface Added {
  ownerId: string;
  /** How many servers, and their memory together. */
  servers: number;
  memoryMb: number;
  /** Left out of what the owner has already: the server that is changed. */
  exceptId?: string;
}

/** Whether an owner may have these servers too, beside those that are there. Needs `holdOwnerLimits` in the same transaction. */
export async function requireRoomForServers(tx: Transaction, limits: LimitsByLayer, added: Added): Promise<void> {
  const { ownerId, exceptId } = added;
  const [had] = await tx
    .select({
      count: sql<number>`count(*)`.mapWith(Number),
      memoryMb: sql<number>`coalesce(sum(${servers.memoryMb}), 0)`.mapWith(Number),
    })
    .from(servers)
    .where(and(eq(servers.ownerId, ownerId), exceptId ? ne(servers.id, exceptId) : undefined));
  if (added.servers > 0) requireWithinLimit(limits, "maxServers", (had?.count ?? 0) + added.servers);
  if (added.memoryMb > 0) requireWithinLimit(limits, "maxMemoryMb", (had?.memoryMb ?? 0) + added.memoryMb);
}

/** Servers that are being made for an owner and have no row yet. */
export function countPendingServers(tx: Transaction, ownerId: string): Promise<number> {
  return tx.$count(
    operations,
    and(
      eq(operations.ownerId, ownerId),
      inArray(operations.kind, ["servers.create", "servers.import", "servers.clone"]),
      eq(operations.status, "running"),
      sql`not exists (select 1 from servers where servers.id = ${operations.serverId})`,
    ),
  );
}

export interface AddedBytes {
  ownerId: string;
  /** Bytes that come to what is there. */
  bytes: number;
  /** Whose servers count too: those of somebody who hands them over. */
  alsoOf?: string;
}

/** One walk at a time for each owner; and what they add, one after the other. */
const inTurn = takeTurns();

/**
 * Lets `work` add bytes to an owner's servers, if they may take more room on disk. Walks the folders only where there is such
 * a limit at all; what cannot be walked to its end within the bounds counts as too much. Outside any transaction: a long walk
 * must not keep a connection from others.
 */
export function withDiskRoom<Result>(deps: Deps, added: AddedBytes, work: () => Promise<Result>): Promise<Result> {
  return inTurn(added.ownerId, async () => {
    await requireDiskRoom(deps, added);
    return work();
  });
}

async function requireDiskRoom({ db, dataDir, settings }: Deps, { ownerId, bytes, alsoOf }: AddedBytes): Promise<void> {
  const [owner] = await db.select({ limits: users.limits }).from(users).where(eq(users.id, ownerId));
  const limits = { application: settings.limits(), user: { ...noLimits, ...owner?.limits } };
  const lowest = lowestLimit(limits, "maxDiskMb");
  if (lowest === null) return;
  const owners = alsoOf ? [ownerId, alsoOf] : [ownerId];
  const owned = await db.select({ id: servers.id }).from(servers).where(inArray(servers.ownerId, owners));
  const enough = lowest.max * mb;
  let total = bytes;
  for (const { id } of owned) {
    if (total > enough) break;
    const size = await measureFolder(dataDir.paths.serverFolder(id), { enough: enough - total });
    total += size.bytes;
    if (!size.isComplete) total = Math.max(total, enough + 1);
  }
  if (total > enough) requireWithinLimit(limits, "maxDiskMb", Math.max(Math.ceil(total / mb), lowest.max + 1));
}
