import { isDeepStrictEqual } from "node:util";
import type { Ctx } from "@/server/context";
import type { Transaction } from "@/server/db/connect";
import { outlastOutage } from "@/server/db/outlast-outage";
import { requiredJava } from "../../../java/server/required-java";
import type { SnapshotRow } from "../../../snapshots/server/table";
import { serverTypeSchema } from "../../../versions/contract";
import type { ServerRuns } from "../../program-contract";
import { findServerRecord, type ServerRecord, updateServerRow } from "../repository";
import { findChange } from "./changes-repository";
import { programOf } from "./program-of";

/** Those whose program is always one `server.jar`. */
const plainTypes: readonly string[] = ["vanilla", "paper", "purpur", "custom"];

/**
 * What a server will run once a snapshot of all its files is put back; null when that is what it runs already, or is not known. Snapshots
 * say it themselves; of those from before they did, type and version are known, and of a change of version all of it.
 */
export async function runsOfSnapshot(
  ctx: Pick<Ctx, "db">,
  row: SnapshotRow,
  record: ServerRecord,
): Promise<ServerRuns | null> {
  // What an archive from elsewhere runs, nobody knows.
  if (row.resource !== "server_full" || row.type === "imported") return null;
  const change = row.metadata.runs ? null : await findChange(ctx.db, record.id);
  const runs = row.metadata.runs ?? (change?.snapshotId === row.id ? change.before : guessRuns(row));
  if (!runs) return null;
  const now = programOf(record);
  const isKnownAsIs = row.metadata.runs || change?.snapshotId === row.id;
  const isSame = isKnownAsIs ? isDeepStrictEqual(runs, now) : runs.type === now.type && runs.version === now.version;
  return isSame ? null : runs;
}

function guessRuns({ metadata: { serverType, minecraftVersion } }: SnapshotRow): ServerRuns | null {
  const type = serverTypeSchema.safeParse(serverType).data;
  if (!type || !minecraftVersion || !plainTypes.includes(type)) return null;
  return {
    ...{ type, version: minecraftVersion, build: null, requiredJava: requiredJava(minecraftVersion) },
    ...{ jar: null, program: null },
  };
}

/** Goes with what makes the restored files stand. */
export async function saveRuns(tx: Transaction, serverId: string, runs: ServerRuns, now: Date): Promise<void> {
  await updateServerRow(tx, serverId, { ...runs, updatedAt: now });
}

/** After that: whoever looks at the server sees what it runs now. */
export async function showRuns(ctx: Ctx, serverId: string): Promise<void> {
  const saved = await outlastOutage(() => findServerRecord(ctx.db, serverId), ctx);
  if (saved) ctx.supervisor.put(saved);
}
