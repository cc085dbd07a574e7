import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { errorCode } from "@/server/fs/error-code";
import { snapshotDamaged } from "./engine-errors";
import { decodeSeekTable, decompress, type Frame, footerBytes, seekTableBytes, seekTableCount } from "./zstd-frames";

interface ContentPlace {
  file: string;
  /** Where the content begins in the object's content. */
  offset: number;
  hash: string;
  size: number;
}

/** The last frame of a pack that was read: small files are mostly read one after the other, as they were packed. */
export interface KeptFrame {
  file: string;
  start: number;
  content: Buffer;
}
export interface FrameKeeper {
  kept: KeptFrame | null;
}

/** Pieces of one stored content. Only frames that the range touches are read. See `ObjectStore.read`. */
export async function* readContent(
  { file, offset, hash, size }: ContentPlace,
  range: { start: number; end: number },
  keeper: FrameKeeper | null,
): AsyncGenerator<Buffer> {
  const isWhole = range.start === 0 && range.end === size;
  const check = isWhole ? createHash("sha256") : null;
  const from = offset + range.start;
  const to = offset + range.end;
  const { kept } = keeper ?? { kept: null };
  if (kept?.file === file && from >= kept.start && to <= kept.start + kept.content.length) {
    const piece = kept.content.subarray(from - kept.start, to - kept.start);
    if (check && check.update(piece).digest("hex") !== hash) throw damaged(hash, "it is not what it was");
    yield piece;
    return;
  }
  const object = await open(file, "r").catch((error: unknown) => {
    throw errorCode(error) === "ENOENT" ? damaged(hash, "it is missing") : error;
  });
  try {
    let start = 0;
    let last: Buffer | null = null;
    for (const frame of await readFrames(object)) {
      const end = start + frame.size;
      if (end > from && start < to) {
        const content = await readFrame(object, frame);
        if (keeper) keeper.kept = { file, start, content };
        const piece = content.subarray(Math.max(0, from - start), Math.min(frame.size, to - start));
        check?.update(piece);
        if (last) yield last;
        last = piece;
      }
      start = end;
    }
    if (start < to) throw new Error("The object is shorter than its content.");
    if (check && check.digest("hex") !== hash) throw new Error("The content is not what it was.");
    if (last) yield last;
  } catch (error) {
    throw damaged(hash, error instanceof Error ? error.message : String(error));
  } finally {
    await object.close();
  }
}

function damaged(hash: string, reason: string) {
  return snapshotDamaged("A stored content is damaged.", { hash, reason });
}

async function readFrame(object: FileHandle, frame: Frame): Promise<Buffer> {
  return decompress(await readPart(object, frame.at, frame.stored), frame.size);
}

async function readFrames(object: FileHandle): Promise<Frame[]> {
  const { size } = await object.stat();
  const count = size < footerBytes ? null : seekTableCount(await readPart(object, size - footerBytes, footerBytes));
  if (count === null || seekTableBytes(count) > size) throw new Error("The object has no list of frames.");
  return decodeSeekTable(await readPart(object, size - seekTableBytes(count), seekTableBytes(count)), size);
}

async function readPart(object: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await object.read(Buffer.allocUnsafeSlow(length), 0, length, at);
  if (bytesRead !== length) throw new Error("The object is cut off.");
  return buffer;
}
