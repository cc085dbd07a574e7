import { decompress } from "@mongodb-js/zstd";
import { Decompress } from "fzstd";
import { nextFrame } from "./zstd-frame-header";

/** A frame that cannot hold more than this is unpacked at once, by zstd itself. */
const wholeBytes = 16 * 1024 * 1024;
/** One is unpacked while the one before is written. */
const ahead = 2;

/**
 * The content of zstd frames, piece by piece. Frames of a few megabytes, as ours are, go through zstd itself; from the first larger one on, a
 * slower reader takes what is left as it comes. `count` hears of bytes before they are passed on, and may throw.
 */
export async function* unzstd(source: AsyncIterable<Buffer>, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  const pieces = source[Symbol.asyncIterator]();
  const underWay: Promise<Buffer>[] = [];
  let held: Buffer = Buffer.alloc(0);
  for (;;) {
    const frame = nextFrame(held, wholeBytes);
    if (frame.kind === "large") break;
    if (frame.kind === "more" || held.length < frame.end) {
      const { value, done } = await pieces.next();
      if (done) break;
      held = Buffer.concat([held, value]);
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
  yield* slowly(held, pieces, count);
}

async function* passOn(contents: Promise<Buffer>[], count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for (const pending of contents) {
    const content = await pending;
    count(content.length);
    if (content.length > 0) yield content;
  }
}

async function* slowly(
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
