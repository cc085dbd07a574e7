import type { Ctx } from "@/server/context";
import type { TimelineEntry } from "../contract";
import { reachServer } from "./policy";
import { listTimeline } from "./repository";

/** The highest number that the database knows. */
const maxId = 2n ** 63n - 1n;

/** What happened to a server, newest first, a page at a time. */
export async function readTimeline(
  ctx: Ctx,
  input: { serverId: string; cursor?: string; limit: number },
): Promise<{ items: TimelineEntry[]; nextCursor: string | null }> {
  await reachServer(ctx, input.serverId, "servers.view");
  const before = input.cursor === undefined ? undefined : readCursor(input.cursor);
  const items = await listTimeline(ctx.db, input.serverId, input.limit + 1, before);
  const page = items.slice(0, input.limit);
  return { items: page, nextCursor: items.length > input.limit ? (page.at(-1)?.id ?? null) : null };
}

function readCursor(cursor: string): bigint {
  const id = BigInt(cursor);
  return id > maxId ? maxId : id;
}
