import { randomBytes } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "./sync-folder";

/**
 * Replaces a whole file at once: a reader, a crash or a power cut finds the old bytes or the new ones, never a part.
 * When it resolves, the bytes and the name are on disk. Mode and owner of an existing file are kept unless `mode` says
 * otherwise; a new file gets 0600. Not for paths inside a server's folder, where symbolic links may be planted.
 */
export async function writeFileDurable(
  path: string,
  data: string | Uint8Array,
  options: { mode?: number } = {},
): Promise<void> {
  const before = await stat(path).catch(() => null);
  const mode = options.mode ?? (before ? before.mode & 0o7777 : 0o600);
  const temporary = `${path}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(data);
      if (before && process.getuid?.() === 0) await file.chown(before.uid, before.gid);
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}
