import type { Database } from "@/server/db/connect";
import type { ServerType, VersionLogEntry } from "../contract";
import * as repository from "./repository";

/** What the refreshes changed, newest first, page by page: `nextCursor` is null at the end. */
export async function listVersionLog(
  { db }: { db: Database },
  input: { type?: ServerType; cursor?: string; limit: number },
): Promise<{ items: VersionLogEntry[]; nextCursor: string | null }> {
  const { type, cursor, limit } = input;
  const before = cursor === undefined ? undefined : Number(cursor);
  const rows = await repository.listVersionLog(db, { type, before, limit: limit + 1 });
  const items = rows.slice(0, limit).map((row) => ({
    id: String(row.id),
    at: row.at.toISOString(),
    type: row.type,
    version: row.version,
    build: row.build === "" ? null : row.build,
    change: row.change,
    detail: row.detail,
  }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
