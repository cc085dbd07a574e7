import { isUtf8 } from "node:buffer";
import { randomBytes } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { ContainedFolder } from "@/server/fs/contained/folder";
import { openFolderAt } from "@/server/fs/contained/walk";

/** File times lag behind the clock by up to a tick of the kernel. */
const clockGrainMs = 50;
const maxTextBytes = 1024 * 1024;

/** The few files of a server's folder that mcsd itself reads and writes. What a plugin planted there is never followed. */
export interface ServerFolder {
  /** The text of a file directly in the folder (at most 1 MiB of it), or null when it is not there. */
  read(name: string): Promise<string | null>;
  /** The same as bytes. */
  readBytes(name: string): Promise<Buffer | null>;
  /** Replaces a file: written beside, flushed, renamed. Owned by the server's own user afterwards. */
  write(name: string, content: string | Buffer): Promise<void>;
  /** Name and text (at most 64 KiB) of the newest crash report written since `since`, or null. */
  newestCrashReport(since: Date): Promise<{ name: string; text: string } | null>;
}

/** @param uid owner for written files, or null for mcsd's own user */
export function openServerFolder(path: string, uid: number | null): ServerFolder {
  return {
    async read(name) {
      return decode(await this.readBytes(name));
    },

    async readBytes(name) {
      return withFolder(path, "", (folder) => readFile(folder, name, maxTextBytes));
    },

    async write(name, content) {
      await withFolder(path, "", async (folder) => {
        const temporary = `.${name}.${randomBytes(6).toString("hex")}.tmp`;
        const file = await folder.createFile(temporary);
        try {
          await file.writeFile(content);
          if (uid !== null) await file.chown(uid, uid);
          await file.sync();
        } catch (error) {
          await folder.removeFile(temporary).catch(() => {});
          throw error;
        } finally {
          await file.close();
        }
        await folder.rename(temporary, folder, name);
        await folder.sync();
      });
    },

    async newestCrashReport(since) {
      try {
        return await withFolder(path, "crash-reports", async (folder) => {
          const names = (await folder.names()).filter((name) => name.endsWith(".txt"));
          const name = names.sort().at(-1);
          if (!name) return null;
          const file = await folder.openFile(name);
          try {
            if ((await file.stat()).mtimeMs < since.getTime() - clockGrainMs) return null;
            return { name, text: (await readBounded(file, 64 * 1024)).toString("utf8") };
          } finally {
            await file.close();
          }
        });
      } catch {
        return null;
      }
    },
  };
}

async function withFolder<T>(root: string, path: string, work: (folder: ContainedFolder) => Promise<T>): Promise<T> {
  const folder = await openFolderAt(root, path);
  try {
    return await work(folder);
  } finally {
    await folder.close();
  }
}

/** As the game reads its files: UTF-8, and Latin-1 where they are none. */
function decode(bytes: Buffer | null): string | null {
  return bytes?.toString(isUtf8(bytes) ? "utf8" : "latin1") ?? null;
}

async function readFile(folder: ContainedFolder, name: string, limit: number): Promise<Buffer | null> {
  if (!(await folder.stat(name))) return null;
  const file = await folder.openFile(name);
  try {
    return await readBounded(file, limit);
  } finally {
    await file.close();
  }
}

async function readBounded(file: FileHandle, limit: number): Promise<Buffer> {
  const buffer = Buffer.alloc(limit);
  let length = 0;
  while (length < limit) {
    const { bytesRead } = await file.read(buffer, length, limit - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}
