import { closeSync, fstatSync, openSync } from "node:fs";
import {
  decodeSeekTable,
  decompress,
  type Frame,
  footerBytes,
  frameBytes,
  seekTableBytes,
  seekTableCount,
} from "../zstd-frames";
import { readFully } from "./store-file";

/** Thrown for what is on disk and wrong, as opposed to a disk that does not answer. */
export class ObjectDamage extends Error {
  readonly isDamage = true;
}

export interface ObjectReader {
  readonly frames: readonly Frame[];
  /** Length of the whole content. */
  readonly size: number;
  /** The result may lie in memory that the next but one reading of this thread uses again. */
  read(frame: Frame): Promise<Buffer>;
  close(): void;
}

/** Opens a stored object and reads its list of frames, which shows at once whether it has its whole length. */
export function openObject(path: string): ObjectReader {
  const fd = openSync(path, "r");
  try {
    const frames = readFrames(fd, fstatSync(fd).size);
    const size = frames.reduce((sum, frame) => sum + frame.size, 0);
    return { frames, size, close: () => closeSync(fd), read: (frame) => readFrame(fd, frame) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Fresh memory costs more than reading into it: two buffers per thread take turns. */
const turns: Buffer[] = [];
let turn = 0;
function turnBuffer(length: number): Buffer {
  if (length > turnBytes) return Buffer.allocUnsafeSlow(length);
  turn = 1 - turn;
  const buffer = turns[turn] ?? Buffer.allocUnsafeSlow(turnBytes);
  turns[turn] = buffer;
  return buffer.subarray(0, length);
}
/** A frame that could not be compressed is a little longer than its content. */
const turnBytes = frameBytes + 4096;

async function readFrame(fd: number, frame: Frame): Promise<Buffer> {
  const compressed = turnBuffer(frame.stored);
  if (readFully(fd, compressed, frame.at) !== frame.stored) throw new ObjectDamage("is shorter than it was");
  return decompress(compressed, frame.size).catch((error: unknown) => {
    throw new ObjectDamage(`does not decompress: ${error instanceof Error ? error.message : String(error)}`);
  });
}

function readFrames(fd: number, stored: number): Frame[] {
  const footer = Buffer.alloc(footerBytes);
  const count = stored < footerBytes ? null : readAndCount(fd, footer, stored);
  if (count === null || seekTableBytes(count) > stored) throw new ObjectDamage("has no list of frames at its end");
  const table = Buffer.alloc(seekTableBytes(count));
  readFully(fd, table, stored - table.length);
  try {
    return decodeSeekTable(table, stored);
  } catch (error) {
    throw new ObjectDamage(error instanceof Error ? error.message : String(error));
  }
}

function readAndCount(fd: number, footer: Buffer, stored: number): number | null {
  readFully(fd, footer, stored - footer.length);
  return seekTableCount(footer);
}
