import { systemActor } from "@/server/auth/actor";
import type { Database } from "@/server/db/connect";
import { recordAudit } from "./record-audit";
import { pruneChain } from "./repository";

/** Nobody can commit an audit row while a part is removed: small parts keep that short. */
const usualPart = 2000;

/**
 * Removes the rows older than a time, from the beginning of the chain up to the first younger one, part by part. Each part
 * leaves an `audit.prune` row that says how far it went. Returns how many rows are gone.
 */
export async function pruneAudit(options: { db: Database; olderThan: Date; most?: number }): Promise<number> {
  const { db, olderThan, most = usualPart } = options;
  for (let total = 0; ; ) {
    const removed = await db.transaction(async (tx) => {
      const part = await pruneChain(tx, { olderThan, most });
      if (part.removed === 0) return 0;
      const { upToSeq, upToHash } = part;
      const details = { removed: part.removed, upToSeq, upToHash, olderThan: olderThan.toISOString() };
      await recordAudit(tx, systemActor("retention"), { action: "audit.prune", details });
      return part.removed;
    });
    if (removed === 0) return total;
    total += removed;
  }
}
