import { createReadStream } from "node:fs";
import { readZipTexts } from "@/server/archive/read-zip-texts";
import { AppError } from "@/server/errors";
import { inParent, nullIfUnreachable, openFolderAt } from "@/server/fs/contained/walk";
import type { ReadSqlite, SqliteRequest } from "@/server/sqlite/read-sqlite";
import type { SqliteTables } from "@/server/sqlite/sqlite-talk";

const maxTextBytes = 1024 * 1024;

/** Looks at a tree that somebody else made, without following anything that leads out of it. Nothing there is null or empty. */
export interface Look {
  names(path: string): Promise<{ name: string; isFolder: boolean }[]>;
  has(path: string): Promise<boolean>;
  /** At most 1 MiB from the beginning of a file. */
  text(path: string): Promise<string | null>;
  json(path: string): Promise<unknown>;
  /** Texts inside a jar, by name. */
  jar(path: string, wanted: readonly string[]): Promise<Map<string, string>>;
  /** Tables of a database of SQLite, with what the log beside it adds. */
  sqlite(path: string, tables: SqliteRequest["tables"]): Promise<SqliteTables | null>;
}

/** @param root absolute path of the folder that nothing may lead out of */
export function createLook(root: string, readSqlite: ReadSqlite): Look {
  const look: Look = {
    async names(path) {
      const folder = await openFolderAt(root, path).catch(nullIfUnreachable);
      if (!folder) return [];
      try {
        return (await folder.kinds())
          .filter(({ kind }) => kind === "folder" || kind === "file")
          .map(({ name, kind }) => ({ name, isFolder: kind === "folder" }))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
      } finally {
        await folder.close();
      }
    },
    has: async (path) =>
      (await inParent(root, path, (parent, name) => parent.stat(name)).catch(nullIfUnreachable)) !== null,
    text: (path) =>
      inParent(root, path, async (parent, name) => {
        const file = await parent.openFile(name);
        try {
          const stat = await file.stat();
          if (!stat.isFile()) throw new AppError("PATH_BLOCKED", "This is no file.", { path });
          const pieces: Buffer[] = [];
          const stream = createReadStream("", { fd: file.fd, autoClose: false, start: 0, end: maxTextBytes - 1 });
          for await (const piece of stream) pieces.push(piece as Buffer);
          return Buffer.concat(pieces).toString("utf8");
        } finally {
          await file.close();
        }
      }).catch(nullIfUnreachable),
    async json(path) {
      const text = await look.text(path);
      try {
        return text === null ? null : JSON.parse(text);
      } catch {
        return null;
      }
    },
    jar: async (path, wanted) =>
      (await inParent(root, path, async (parent, name) => {
        const file = await parent.openFile(name);
        try {
          return await readZipTexts(file, wanted);
        } finally {
          await file.close();
        }
      }).catch(nullIfUnreachable)) ?? new Map(),
    sqlite: (path, tables) =>
      inParent(root, path, async (parent, name) => {
        const database = await parent.openFile(name);
        const log = await parent.openFile(`${name}-wal`).catch(() => null);
        try {
          return await readSqlite({ database, log, tables });
        } finally {
          await database.close();
          await log?.close();
        }
      }).catch(nullIfUnreachable),
  };
  return look;
}

/** A path inside a folder that is itself inside the look. */
export const inside = (folder: string, path: string) =>
  folder === "" ? path : path === "" ? folder : `${folder}/${path}`;
