import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { snapshotDamaged } from "./engine-errors";
import { decodeSeekTable, decompress, type Frame, footerBytes, seekTableBytes, seekTableCount } from "./zstd-frames";

interface ContentPlace {
  file: string;
  /** Where the content begins in the object's content. */
  offset: number;
  hash: string;
  size: number;
}

/** Pieces of one stored content. Only frames that the range touches are read. See `ObjectStore.read`. */
export async function* readContent(
  { file, offset, hash, size }: ContentPlace,
  range: { start: number; end: number },
): AsyncGenerator<Buffer> {
  const isWhole = range.start === 0 && range.end === size;
  const check = isWhole ? createHash("sha256") : null;
  const from = offset + range.start;
  const to = offset + range.end;
  const object = await open(file, "r");
  try {
    let start = 0;
    let last: Buffer | null = null;
    for (const frame of await readFrames(object)) {
      const end = start + frame.size;
      if (end > from && start < to) {
        const content = await readFrame(object, frame);
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
    throw snapshotDamaged(`A stored content is damaged: ${error instanceof Error ? error.message : String(error)}`, {
      hash,
    });
  } finally {
    await object.close();
  }
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
