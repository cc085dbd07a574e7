import { type FileHandle, open } from "node:fs/promises";
import {
  compress,
  decodeSeekTable,
  decompress,
  encodeSeekTable,
  type Frame,
  footerBytes,
  frameBytes,
  seekTableBytes,
  seekTableCount,
} from "@/domains/snapshots/server/engine/zstd-frames";

export interface FramedWriter {
  write(content: Buffer): Promise<void>;
  /** Writes what is left and flushes all of it to disk. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** A new file of zstd frames, which every decoder reads as one. Fails when there is one of that name. */
export async function createFramedFile(path: string): Promise<FramedWriter> {
  const file = await open(path, "wx", 0o600);
  const frames: Frame[] = [];
  let waiting: Buffer[] = [];
  let size = 0;
  let at = 0;
  const flush = async () => {
    if (size === 0) return;
    const stored = await compress(Buffer.concat(waiting));
    await file.writeFile(stored);
    frames.push({ at, stored: stored.length, size });
    at += stored.length;
    waiting = [];
    size = 0;
  };
  return {
    async write(content) {
      for (let from = 0; from < content.length; ) {
        const part = content.subarray(from, from + frameBytes - size);
        waiting.push(part);
        size += part.length;
        from += part.length;
        if (size === frameBytes) await flush();
      }
    },
    async finish() {
      await flush();
      await file.writeFile(encodeSeekTable(frames));
      await file.sync();
    },
    close: () => file.close(),
  };
}

/** The content of such a file, piece by piece. Throws when it is not whole. */
export async function* readFramedFile(path: string): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const count = size < footerBytes ? null : seekTableCount(await readAt(file, size - footerBytes, footerBytes));
    if (count === null || seekTableBytes(count) > size) throw new Error("The file is not whole.");
    const table = await readAt(file, size - seekTableBytes(count), seekTableBytes(count));
    for (const frame of decodeSeekTable(table, size))
      yield await decompress(await readAt(file, frame.at, frame.stored), frame.size);
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  if (bytesRead !== length) throw new Error("The file is not whole.");
  return buffer;
}
