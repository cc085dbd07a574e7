import type { Transaction } from "@/server/db/connect";
import type { ServerType } from "../contract";
import { insertVersionLog, listRowsOfVersions, upsertVersionRows } from "./repository";
import type { VersionRow, versions } from "./table";
import type { SourceVersion } from "./version-source";

/** What the update log reports; the sort key is no news. */
const reported = [
  "channel",
  "stable",
  "javaMajor",
  "url",
  "form",
  "checksumAlgorithm",
  "checksum",
  "sizeBytes",
  "releasedAt",
] as const satisfies readonly (keyof SourceVersion)[];

/** Writes new and changed versions with their log entries; leaves the others untouched. Returns how many there were. */
export async function saveVersions(
  tx: Transaction,
  type: ServerType,
  entries: readonly SourceVersion[],
  now: Date,
): Promise<{ added: number; changed: number }> {
  const stored = await readStored(tx, type, entries);
  const rows: (typeof versions.$inferInsert)[] = [];
  const log: Parameters<typeof insertVersionLog>[1][number][] = [];
  for (const entry of new Map(entries.map((item) => [keyOf(item), item])).values()) {
    const before = stored.get(keyOf(entry));
    const detail = before ? differences(before, entry) : {};
    const isNews = !before || Object.keys(detail).length > 0;
    if (isNews || before.sortKey !== entry.sortKey) rows.push({ ...entry, type, firstSeenAt: now, updatedAt: now });
    if (!isNews) continue;
    log.push({
      at: now,
      type,
      version: entry.version,
      build: entry.build,
      change: before ? "changed" : "added",
      detail,
    });
  }
  await upsertVersionRows(tx, rows);
  await insertVersionLog(tx, log);
  const added = log.filter((item) => item.change === "added").length;
  return { added, changed: log.length - added };
}

async function readStored(
  tx: Transaction,
  type: ServerType,
  entries: readonly SourceVersion[],
): Promise<Map<string, VersionRow>> {
  const rows = await listRowsOfVersions(tx, type, [...new Set(entries.map((entry) => entry.version))]);
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function keyOf(item: { version: string; build: string }): string {
  return `${item.version}\n${item.build}`;
}

function differences(before: VersionRow, after: SourceVersion): Record<string, unknown> {
  const changed = reported.filter((field) => plain(before[field]) !== plain(after[field]));
  return Object.fromEntries(changed.map((field) => [field, [plain(before[field]), plain(after[field])]]));
}

function plain(value: string | number | boolean | Date | null): string | number | boolean | null {
  return value instanceof Date ? value.toISOString() : value;
}
