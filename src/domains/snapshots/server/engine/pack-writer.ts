import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { encodePackList } from "./pack-list";
import type { PackedContent } from "./worker/worker-jobs";
import { compress, encodeSeekTable, type Frame, frameBytes } from "./zstd-frames";

/** Smaller contents share a pack; the others have an object of their own. */
export const packedBelow = 128 * 1024;
/** A pack is finished when it holds this much, or this many. */
const packBytes = 32 * 1024 * 1024;
const packContents = 20_000;

export interface FinishedPack {
  hash: string;
  staged: string;
  contents: PackedContent[];
  stored: number;
}

/** One pack being written. Calls must not overlap. The caller closes it, finished or not. */
export interface PackWriter {
  add(hash: string, content: Uint8Array): Promise<void>;
  readonly isFull: boolean;
  finish(): Promise<FinishedPack>;
  close(): Promise<void>;
}

export async function openPack(staged: string): Promise<PackWriter> {
  const file: FileHandle = await open(staged, "wx", 0o400);
  const whole = createHash("sha256");
  const contents: PackedContent[] = [];
  const frames: Frame[] = [];
  let block: Uint8Array[] = [];
  let blockSize = 0;
  let size = 0;
  let stored = 0;

  const writeFrame = async (content: Buffer) => {
    whole.update(content);
    const frame = await compress(content);
    await file.writeFile(frame);
    frames.push({ at: stored, stored: frame.length, size: content.length });
    stored += frame.length;
  };
  const flush = async () => {
    if (blockSize > 0) await writeFrame(Buffer.concat(block));
    block = [];
    blockSize = 0;
  };

  return {
    add: async (hash, content) => {
      if (blockSize + content.length > frameBytes) await flush();
      block.push(content);
      blockSize += content.length;
      contents.push([hash, size, content.length]);
      size += content.length;
    },
    get isFull() {
      return size >= packBytes || contents.length >= packContents;
    },
    finish: async () => {
      await flush();
      await writeFrame(encodePackList(contents));
      const table = encodeSeekTable(frames);
      await file.writeFile(table);
      return { hash: whole.digest("hex"), staged, contents, stored: stored + table.length };
    },
    close: () => file.close(),
  };
}
