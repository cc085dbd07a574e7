import type { Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import type { ServerType } from "../contract";
import { deleteVersionRows, insertVersionLog, listVersionRows } from "./repository";
import type { SourceListing } from "./version-source";

/** A listing that suddenly lacks more than half of what is known is taken for a fault of the upstream. */
const largestShare = 0.5;
/** Below so many rows a share says nothing. */
const smallestCount = 10;

/**
 * Removes from the cache what the upstream withdrew, with log entries; returns the versions concerned. Throws
 * UPSTREAM_FAILED and removes nothing when the listing cannot be meant.
 */
export async function removeUnlisted(
  tx: Transaction,
  type: ServerType,
  listing: SourceListing,
  now: Date,
): Promise<string[]> {
  const rows = await listVersionRows(tx, type);
  const gone = rows.filter((row) => !listing.lists(row.version, row.build));
  if (rows.length > smallestCount && gone.length > rows.length * largestShare) {
    const details = { reason: "vanished", known: rows.length, missing: gone.length };
    throw new AppError(
      "UPSTREAM_FAILED",
      `The listing lacks ${gone.length} of ${rows.length} known versions.`,
      details,
    );
  }
  await deleteVersionRows(
    tx,
    gone.map((row) => row.id),
  );
  await insertVersionLog(
    tx,
    gone.map(({ version, build }) => ({ at: now, type, version, build, change: "removed" })),
  );
  return gone.map((row) => row.version);
}
