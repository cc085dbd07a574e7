import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { Services } from "@/server/context";
import { withDiskRoom } from "../../servers/server/owner-limits";

/**
 * Puts a file in the place of the one of its name, if the owner's servers may grow by the difference. One after the other for
 * each owner: two uploads cannot both take the last room.
 */
export async function withUploadRoom(
  services: Services,
  { record, name, bytes }: { record: { id: string; ownerId: string }; name: string; bytes: number },
  put: () => Promise<void>,
): Promise<void> {
  const old = await lstat(join(services.dataDir.paths.serverFolder(record.id), name)).catch(() => null);
  const replaced = old?.isFile() ? old.size : 0;
  await withDiskRoom(services, { ownerId: record.ownerId, bytes: bytes - replaced }, put);
}
