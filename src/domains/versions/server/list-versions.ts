import type { Database } from "@/server/db/connect";
import type { ServerType, VersionEntry } from "../contract";
import { listVersionRows } from "./repository";
import type { VersionRow } from "./table";
import { toVersionEntry } from "./to-version-entry";

/**
 * What can be created, newest first, from the cache only. Of each version its newest build and, where that one is not stable,
 * its newest stable one; with `version` every build that was ever seen of it.
 */
export async function listVersions(
  { db }: { db: Database },
  input: { type: ServerType; version?: string },
): Promise<VersionEntry[]> {
  const rows = await listVersionRows(db, input.type, input.version);
  return (input.version === undefined ? currentBuilds(rows) : rows).map(toVersionEntry);
}

/** Rows come newest first, so the first of a kind is the newest. */
function currentBuilds(rows: readonly VersionRow[]): VersionRow[] {
  const seen = new Map<string, { hasStable: boolean }>();
  return rows.filter(({ version, stable }) => {
    const before = seen.get(version);
    if (before && (before.hasStable || !stable)) return false;
    seen.set(version, { hasStable: stable });
    return true;
  });
}
