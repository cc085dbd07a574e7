import { nextFrame } from "./zstd-frame-header";

/** A frame that cannot hold more than this is unpacked at once, by zstd itself. */
const wholeBytes = 16 * 1024 * 1024;
/** One is unpacked while the one before is written. */
const ahead = 2;

type Decompressors = Pick<typeof import("@mongodb-js/zstd"), "decompress"> & Pick<typeof import("fzstd"), "Decompress">;
export type Unzstd = (source: AsyncIterable<Buffer>, count: (bytes: number) => void) => AsyncGenerator<Buffer>;

/** Both readers of zstd, for whoever can load nothing later. */
export async function loadUnzstd(): Promise<Unzstd> {
  const [{ decompress }, { Decompress }] = await Promise.all([import("@mongodb-js/zstd"), import("fzstd")]);
  return (source, count) => unzstd({ decompress, Decompress }, source, count);
}

/**
 * The content of zstd frames, piece by piece. Frames of a few megabytes, as ours are, go through zstd itself; from the first larger one on, a
 * slower reader takes what is left as it comes. `count` hears of bytes before they are passed on, and may throw.
 */
async function* unzstd(
  { decompress, Decompress }: Decompressors,
  source: AsyncIterable<Buffer>,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const pieces = source[Symbol.asyncIterator]();
  const underWay: Promise<Buffer>[] = [];
  let held: Buffer = Buffer.alloc(0);
  for (;;) {
    const frame = nextFrame(held, wholeBytes);
    if (frame.kind === "large") break;
    if (frame.kind === "more" || held.length < frame.end) {
      // At least twice as much, so that what is held is not copied again with every piece.
      const wanted = Math.max(2 * held.length, frame.kind === "more" ? 0 : frame.end);
      const more = await take(pieces, Math.min(wanted, 2 * wholeBytes + 1) - held.length);
      if (more.length === 0) break;
      held = Buffer.concat([held, ...more]);
      // What holds that little in that much is no frame of anybody's.
      if (held.length > 2 * wholeBytes) break;
      continue;
    }
    if (frame.kind === "whole") {
      const content = decompress(held.subarray(0, frame.end));
      // Whoever waits for it is told.
      content.catch(() => {});
      underWay.push(content);
    }
    held = held.subarray(frame.end);
    if (underWay.length >= ahead) yield* passOn(underWay.splice(0, 1), count);
  }
  yield* passOn(underWay, count);
  yield* slowly(Decompress, held, pieces, count);
}

/** Pieces of so many bytes together, at least one; fewer at the end. */
async function take(pieces: AsyncIterator<Buffer>, bytes: number): Promise<Buffer[]> {
  const taken: Buffer[] = [];
  for (let missing = Math.max(1, bytes); missing > 0; ) {
    const { value, done } = await pieces.next();
    if (done) break;
    taken.push(value);
    missing -= value.length;
  }
  return taken;
}

async function* passOn(contents: Promise<Buffer>[], count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for (const pending of contents) {
    const content = await pending;
    count(content.length);
    if (content.length > 0) yield content;
  }
}

async function* slowly(
  Decompress: Decompressors["Decompress"],
  held: Buffer,
  pieces: AsyncIterator<Buffer>,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let ready: Uint8Array[] = [];
  const decoder = new Decompress((piece) => {
    count(piece.length);
    ready.push(piece);
  });
  const take = function* () {
    const done = ready;
    ready = [];
    for (const content of done)
      if (content.length > 0) yield Buffer.from(content.buffer, content.byteOffset, content.length);
  };
  if (held.length > 0) {
    decoder.push(new Uint8Array(held));
    yield* take();
  }
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    decoder.push(new Uint8Array(next.value));
    yield* take();
  }
  decoder.push(new Uint8Array(0), true);
  yield* take();
}
