import { decompress } from "@mongodb-js/zstd";
import { Decompress } from "fzstd";
import { nextFrame } from "./zstd-frame-header";

/** A frame that says that it holds no more than this is unpacked at once, by zstd itself. */
const wholeBytes = 16 * 1024 * 1024;

/**
 * The content of zstd frames, piece by piece. Frames that say how much they hold, as ours do, go through zstd itself; from the first that does
 * not on, a slower reader takes what is left as it comes. `count` hears of bytes before they are kept, and may throw.
 */
export async function* unzstd(source: AsyncIterable<Buffer>, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  const pieces = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  for (;;) {
    const frame = nextFrame(held);
    if (frame.kind === "unsized" || (frame.kind === "sized" && frame.size > wholeBytes)) break;
    if (frame.kind === "more" || held.length < frame.end) {
      const { value, done } = await pieces.next();
      if (done) break;
      held = Buffer.concat([held, value]);
      // What packs that little that well is no frame of anybody's who says its size.
      if (held.length > 2 * wholeBytes) break;
      continue;
    }
    if (frame.kind === "sized") {
      count(frame.size);
      const content = await decompress(held.subarray(0, frame.end));
      if (content.length !== frame.size) throw new Error("a frame does not hold what it says");
      if (content.length > 0) yield content;
    }
    held = held.subarray(frame.end);
  }
  yield* slowly(held, pieces, count);
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
