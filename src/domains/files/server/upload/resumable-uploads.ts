import { mkdir, open, readdir, readFile, rm, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { errorCode } from "@/server/fs/error-code";
import { writeFileDurable } from "@/server/fs/write-file-durable";

const aboutSchema = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  serverId: z.uuid(),
  path: z.string(),
  size: z.number().int().nonnegative(),
  /** Nothing may be there yet. */
  isNew: z.boolean(),
  createdAt: z.coerce.date(),
});
/** An upload that may be broken off and taken up again, by whom and for what. */
export type ResumableUpload = z.infer<typeof aboutSchema>;

/** How long an upload waits for its next byte. */
export const keepMs = 24 * 3_600_000;

/**
 * Uploads under way, as two files each: `{id}.json` says what it is, `{id}.part` has what has come; its length is the offset. They outlive an
 * end of mcsd, and are removed after 24 hours without an end of their own.
 */
export function resumableUploads(folder: string) {
  const aboutFile = (id: string) => join(folder, `${z.uuid().parse(id)}.json`);
  const partFile = (id: string) => join(folder, `${z.uuid().parse(id)}.part`);
  const remove = async (id: string) => {
    await rm(aboutFile(id), { force: true });
    await rm(partFile(id), { force: true });
  };
  const find = async (id: string): Promise<ResumableUpload | null> => {
    if (!z.uuid().safeParse(id).success) return null;
    const text = await readFile(aboutFile(id), "utf8").catch(() => null);
    return text === null ? null : (aboutSchema.safeParse(JSON.parse(text)).data ?? null);
  };
  const lastActive = async ({ id, createdAt }: ResumableUpload): Promise<Date> => {
    const { mtimeMs } = await stat(partFile(id)).catch(() => ({ mtimeMs: 0 }));
    return new Date(Math.max(createdAt.getTime(), mtimeMs));
  };
  return {
    partFile,
    find,
    remove,
    /** When it was begun, or had its last byte. */
    lastActive,
    async create(upload: ResumableUpload): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await (await open(partFile(upload.id), "wx", 0o644)).close();
      await writeFileDurable(aboutFile(upload.id), JSON.stringify(upload));
    },
    /** Bytes that are there. Of a whole one that has not taken its place, the last byte is asked for again: its coming ends it. */
    async offset({ id, size }: ResumableUpload): Promise<number> {
      const { size: there } = await stat(partFile(id));
      if (there < size || size === 0) return there;
      await truncate(partFile(id), size - 1);
      return size - 1;
    },
    /** Appends, and makes it last before it resolves, also when the source breaks off. Resolves with the new length. */
    async write(id: string, offset: number, source: AsyncIterable<Uint8Array>): Promise<number> {
      const file = await open(partFile(id), "r+");
      let at = offset;
      try {
        for await (const piece of source) {
          // A disk that is nearly full takes a part of it, and says so only by the number.
          for (let done = 0; done < piece.length; ) {
            const { bytesWritten } = await file.write(piece, done, piece.length - done, at);
            done += bytesWritten;
            at += bytesWritten;
          }
        }
      } finally {
        await file.sync().finally(() => file.close());
      }
      return at;
    },
    /** How many somebody has under way, and what they will come to. */
    async underWay(userId: string): Promise<{ count: number; bytes: number }> {
      const all = await Promise.all((await listIds(folder)).map(find));
      const own = all.filter((upload) => upload?.userId === userId);
      return { count: own.length, bytes: own.reduce((sum, upload) => sum + (upload?.size ?? 0), 0) };
    },
    async prune(now: Date): Promise<void> {
      for (const id of await listIds(folder)) {
        const upload = await find(id);
        if (!upload || (await lastActive(upload)).getTime() < now.getTime() - keepMs) await remove(id);
      }
    },
  };
}

async function listIds(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  });
  return [...new Set(names.map((name) => name.replace(/\.(?:json|part)$/, "")))].filter(
    (id) => z.uuid().safeParse(id).success,
  );
}
