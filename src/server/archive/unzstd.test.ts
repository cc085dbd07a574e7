import { randomBytes } from "node:crypto";
import { compress } from "@mongodb-js/zstd";
import fc from "fast-check";
import { expect, it } from "vitest";
import { loadUnzstd } from "./unzstd";
import { nextFrame } from "./zstd-frame-header";

const unzstd = await loadUnzstd();

async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function unpack(bytes: Buffer, length = 65_536): Promise<Buffer> {
  const parts: Buffer[] = [];
  let counted = 0;
  for await (const part of unzstd(inPieces(bytes, length), (more) => {
    counted += more;
  }))
    parts.push(Buffer.from(part));
  const content = Buffer.concat(parts);
  expect(counted).toBe(content.length);
  return content;
}

const skippable = (length: number) => {
  const frame = Buffer.alloc(8 + length);
  frame.writeUInt32LE(0x184d2a5e, 0);
  frame.writeUInt32LE(length, 4);
  return frame;
};
/** A frame of one raw block that does not say its size. */
const unsized = (content: Buffer) => {
  const header = Buffer.alloc(3);
  header.writeUIntLE((content.length << 3) | 1, 0, 3);
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]), header, content]);
};

it("reads frames of every kind, one after the other, however they arrive", async () => {
  const contents = [Buffer.alloc(0), Buffer.from("x"), Buffer.alloc(300_000, 7), randomBytes(200_000)];
  const packed = await Promise.all(contents.map((content) => compress(content, 1)));
  const [empty = Buffer.alloc(0), one = Buffer.alloc(0), zeros = Buffer.alloc(0), noise = Buffer.alloc(0)] = packed;
  const bytes = Buffer.concat([one, skippable(10), zeros, empty, noise, unsized(Buffer.from("raw")), one]);
  const expected = Buffer.concat([
    Buffer.from("x"),
    Buffer.alloc(300_000, 7),
    contents[3] ?? Buffer.alloc(0),
    Buffer.from("rawx"),
  ]);
  for (const length of [1000, 7777, 1_000_000]) expect((await unpack(bytes, length)).equals(expected)).toBe(true);
});

it("gives back what was packed, cut anywhere", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 500 }),
      async (all, length) => {
        const frames = await Promise.all(all.map((content) => compress(Buffer.from(content), 3)));
        expect((await unpack(Buffer.concat(frames), length)).equals(Buffer.concat(all))).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

it("knows where a frame ends and that it is small, whether it says its size or not", async () => {
  const most = 1024 * 1024;
  for (const content of [
    Buffer.alloc(0),
    Buffer.alloc(900_000, 7),
    randomBytes(900_000),
    Buffer.from("text ".repeat(100_000)),
  ]) {
    const ours = await compress(content, 1);
    expect(nextFrame(Buffer.concat([ours, ours]), most)).toEqual({ kind: "whole", end: ours.length });
  }
  expect(nextFrame(await compress(Buffer.alloc(3 * most), 1), most)).toEqual({ kind: "large" });
  expect(nextFrame(unsized(Buffer.alloc(10)), 9)).toEqual({ kind: "large" });
  expect(nextFrame(unsized(Buffer.alloc(10)).subarray(0, 8), 10)).toEqual({ kind: "more" });
  // Blocks without content, without an end.
  expect(nextFrame(Buffer.concat([unsized(Buffer.alloc(0)).subarray(0, 6), Buffer.alloc(30_000)]), most)).toEqual({
    kind: "large",
  });
});

it("ends with an error for what is cut off, is no frame, or is more than is counted", async () => {
  const frame = await compress(Buffer.alloc(100_000, 1), 1);
  await expect(unpack(frame.subarray(0, frame.length - 3))).rejects.toThrow();
  await expect(unpack(Buffer.from("this is no frame at all, but long enough"))).rejects.toThrow();
  const refusing = unzstd(inPieces(frame, 100), () => {
    throw new Error("too much");
  });
  await expect(refusing.next()).rejects.toThrow("too much");
});
