import { type FileHandle, open, readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { ContainerEngine, LogEntry } from "@/server/docker/container-engine";

/** How far a container's log has been copied. */
const cursorSchema = z.object({
  containerId: z.string(),
  /** Time of the last entry that is in the file, and how many of that very time are. Null: none yet. */
  at: z.string().nullable(),
  count: z.number().int(),
  /** Size of the console log with that entry. */
  size: z.number().int(),
});
type Cursor = z.infer<typeof cursorSchema>;

const saveEveryMs = 1000;
/** More than this cannot have been written between two notes. */
const maxUnnotedBytes = 16 * 1024 * 1024;

export interface CopyLog {
  engine: ContainerEngine;
  containerId: string;
  /** Console log, and beside it the note of how far it is. */
  paths: { log: string; cursor: string };
  signal: AbortSignal;
}

/** Notes, before a container's first start, that nothing of it has been copied. */
export async function beginLogCopy({ containerId, paths }: Pick<CopyLog, "containerId" | "paths">): Promise<void> {
  const file = await open(paths.log, "a", 0o600);
  const { size } = await file.stat().finally(() => file.close());
  await saveCursor(paths.cursor, { containerId, at: null, count: 0, size });
}

/**
 * Appends a container's log to the server's console log until its run ends or the signal aborts. Goes on exactly where it, or an
 * earlier mcsd, was broken off: what the file holds beyond the last note is compared with what comes and not written twice.
 */
export async function copyContainerLog({ engine, containerId, paths, signal }: CopyLog): Promise<void> {
  const file = await open(paths.log, "a+", 0o600);
  let savedAt = performance.now();
  try {
    const { size } = await file.stat();
    const noted = await readCursor(paths.cursor);
    const isKnown = noted?.containerId === containerId && noted.size <= size;
    let cursor: Cursor = isKnown ? noted : { containerId, at: null, count: 0, size };
    const since = cursor.at;
    const append = createAppender(cursor.size, await readFrom(file, cursor.size, size), size);
    let skip = cursor.count;
    try {
      for await (const entries of engine.followLog(containerId, { since, signal })) {
        const fresh: Buffer[] = [];
        for (const entry of entries) {
          if (isCopied(entry)) continue;
          const count = entry.at === cursor.at ? cursor.count + 1 : 1;
          cursor = { containerId, at: entry.at, count, size: append(entry.bytes, fresh) };
        }
        if (fresh.length > 0) await file.appendFile(Buffer.concat(fresh));
        if (performance.now() - savedAt < saveEveryMs) continue;
        savedAt = performance.now();
        await saveCursor(paths.cursor, cursor);
      }
    } finally {
      await saveCursor(paths.cursor, cursor);
    }

    function isCopied(entry: LogEntry): boolean {
      if (since === null || entry.at > since) return false;
      // The engine begins with the first entry of that time; as many as are in the file already come again.
      return entry.at < since || skip-- > 0;
    }
  } finally {
    await file.close();
  }
}

/**
 * Decides what of each entry is still to be written, when the file holds `ahead` beyond the noted size. Returns the file's size
 * with the entry.
 */
function createAppender(notedSize: number, ahead: Buffer, fileSize: number) {
  let position = notedSize;
  let end = fileSize;
  let rest = ahead;
  return (bytes: Buffer, fresh: Buffer[]): number => {
    const overlap = Math.min(rest.length, bytes.length);
    const isSame = rest.subarray(0, overlap).equals(bytes.subarray(0, overlap));
    rest = isSame ? rest.subarray(overlap) : Buffer.alloc(0);
    position += isSame ? overlap : 0;
    const tail = isSame ? bytes.subarray(overlap) : bytes;
    if (tail.length === 0) return position;
    fresh.push(tail);
    end += tail.length;
    position = end;
    return position;
  };
}

async function readFrom(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const length = to - from;
  if (length === 0 || length > maxUnnotedBytes) return Buffer.alloc(0);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  return buffer.subarray(0, bytesRead);
}

async function readCursor(path: string): Promise<Cursor | null> {
  try {
    return cursorSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return null;
  }
}

/** Whole or not at all for who reads it; after a power cut the engine's log is no safer than this note. */
async function saveCursor(path: string, cursor: Cursor): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(cursor), { mode: 0o600 });
  await rename(`${path}.new`, path);
}
