import type { z } from "zod";
import { requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { isWithin, reachOf, reachServer } from "../../servers/server/policy";
import type {
  historyInputSchema,
  OnlineServer,
  onlineInputSchema,
  PlayerSession,
  PlayerTotals,
  totalsInputSchema,
} from "../contract";
import { headUrlOf } from "./head-url";
import { listPresent, listSessions, type Searched, sumSessions } from "./repository";

/** Who plays now, on every server within reach that runs or on one of them. */
export async function listOnline(ctx: Ctx, input: z.output<typeof onlineInputSchema>): Promise<OnlineServer[]> {
  const searched = await searchedOf(ctx, input ?? {});
  const present = await listPresent(ctx.db, searched);
  const running = ctx.supervisor
    .all()
    .filter(({ record }) => record.state === "running" && isWithin(searched.reach, placeOf(record)))
    .filter(({ record }) => !searched.serverId || record.id === searched.serverId);
  return running
    .map(({ record, live }) => ({
      serverId: record.id,
      name: record.name,
      online: live.playersOnline,
      max: live.playersMax,
      players: present
        .filter(({ serverId }) => serverId === record.id)
        .map(({ name, uuid, joinedAt }) => ({ name, uuid, joinedAt, headUrl: headUrlOf(ctx.env, { name, uuid }) })),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Stays, newest first, also those that go on. */
export async function readHistory(
  ctx: Ctx,
  input: z.output<typeof historyInputSchema>,
): Promise<{ items: PlayerSession[]; nextCursor: string | null }> {
  const searched = await searchedOf(ctx, input);
  const { limit } = input;
  const rows = await listSessions(ctx.db, { ...searched, before: readCursor(input.cursor), limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(({ id, serverId, serverName, name, uuid, joinedAt, leftAt, endedBy }) => ({
      ...{ id: String(id), serverId, serverName, name, uuid, joinedAt, leftAt, endedBy },
      headUrl: headUrlOf(ctx.env, { name, uuid }),
    })),
    nextCursor: rows.length > limit && last ? `${last.joinedAt.getTime()}-${last.id}` : null,
  };
}

/** How long and how often each has played, who played longest first. */
export async function readTotals(ctx: Ctx, input: z.output<typeof totalsInputSchema>): Promise<PlayerTotals[]> {
  const searched = await searchedOf(ctx, input);
  const rows = await sumSessions(ctx.db, { ...searched, now: ctx.clock.now(), limit: input.limit });
  return rows.map((row) => ({ ...row, headUrl: headUrlOf(ctx.env, row) }));
}

async function searchedOf(ctx: Ctx, input: { serverId?: string; search?: string }): Promise<Searched> {
  if (input.serverId) await reachServer(ctx, input.serverId, "servers.view");
  else requirePermission(ctx.actor, "servers.view");
  return { reach: reachOf(ctx.actor), serverId: input.serverId, search: input.search || undefined };
}

const placeOf = ({ id, ownerId }: { id: string; ownerId: string }) => ({ ownerId, serverId: id });

function readCursor(cursor: string | undefined): { joinedAt: Date; id: number } | undefined {
  if (cursor === undefined) return undefined;
  const [time, id] = cursor.split("-").map(Number);
  const joinedAt = new Date(time ?? Number.NaN);
  if (id !== undefined && !Number.isNaN(joinedAt.getTime())) return { joinedAt, id };
  throw new AppError("VALIDATION_FAILED", "The cursor is not one of this list.", {
    issues: [{ path: ["cursor"], code: "cursor", message: "cursor" }],
  });
}
