import { randomInt } from "node:crypto";
import { compareMinecraftVersions } from "@/lib/minecraft-version";
import type { Sealer } from "@/server/crypto/seal";
import type { Database } from "@/server/db/connect";
import type { Logger } from "@/server/logger";
import type { ServerType } from "../../versions/contract";
import { allocateManagementPort, isPortFree } from "./allocate-ports";
import { managementPlace } from "./prepare-launch";
import { releasePort, type ServerRecord, updateServerRow } from "./repository";

interface Deps {
  db: Database;
  log: Logger;
  sealer: Sealer;
  /** Ports of games, which are left to them. */
  portRange: readonly [number, number];
}

const firstVersion = "1.21.9";
const secretLength = 40;
const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Whether the game of this type and version has a management service. What a custom jar has, nobody knows. */
export function hasManagement({ type, version }: { type: ServerType; version: string }): boolean {
  return type !== "custom" && compareMinecraftVersions(version, firstVersion) >= 0;
}

/**
 * Before a start: a port and a new secret for the game's management service, or neither where its version has none. In the row and in
 * `record`. Never a reason not to start: what cannot be had is gone without.
 */
export async function settleManagement(deps: Deps, record: ServerRecord): Promise<void> {
  try {
    Object.assign(record, await settle(deps, record));
  } catch (error) {
    deps.log.warn({ err: error, serverId: record.id }, "a server starts without its management service");
    Object.assign(record, { managementPort: null, managementSecret: null });
  }
}

async function settle({ db, sealer, portRange }: Deps, record: ServerRecord) {
  const { id, managementPort: known } = record;
  const isWanted = hasManagement(record);
  if (!isWanted && known === null) return {};
  const isKept = isWanted && known !== null && (await isPortFree(known));
  return db.transaction(async (tx) => {
    if (known !== null && !isKept) await releasePort(tx, known, id);
    const port = isKept ? known : isWanted ? await allocateManagementPort(tx, id, portRange) : null;
    const secret = port === null ? null : sealer.seal(newSecret(), managementPlace(id));
    const columns = { managementPort: port, managementSecret: secret };
    await updateServerRow(tx, id, columns);
    return columns;
  });
}

/** In the game's own form: whatever an earlier file says does not open the next run. */
function newSecret(): string {
  return Array.from({ length: secretLength }, () => characters.charAt(randomInt(characters.length))).join("");
}
