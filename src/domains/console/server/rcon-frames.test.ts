import fc from "fast-check";
import { expect, it } from "vitest";
import { createFrameDecoder, encodeFrame, type RconFrame } from "./rcon-frames";

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const command = fc.string({ unit: "binary", maxLength: 300 });

it("gives back what was encoded, however the bytes are cut up on the way", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ id: int32, type: int32, text: command }), { maxLength: 8 }),
      fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 40 }),
      (sent, cuts) => {
        const bytes = Buffer.concat(sent.map(encodeFrame));
        const decoder = createFrameDecoder();
        const got: RconFrame[] = [];
        let at = 0;
        for (const length of [...cuts, bytes.length]) {
          got.push(...decoder.push(bytes.subarray(at, at + length)));
          at += length;
        }
        expect(got.map((frame) => ({ ...frame, payload: frame.payload.toString("utf8") }))).toEqual(
          sent.map(({ id, type, text }) => ({ id, type, payload: text })),
        );
      },
    ),
  );
});

it("never throws anything but RCON_UNREACHABLE at arbitrary bytes", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 16 }), (chunks) => {
      const decoder = createFrameDecoder();
      try {
        for (const chunk of chunks)
          for (const frame of decoder.push(Buffer.from(chunk))) expect(frame.payload).toBeDefined();
      } catch (error) {
        expect(error).toMatchObject({ code: "RCON_UNREACHABLE" });
      }
    }),
  );
});

it.each([-1, 0, 5, 9, 2 ** 31 - 1, -(2 ** 31), 1024 * 1024 + 1])(
  "refuses the length %i before anything follows",
  (length) => {
    const header = Buffer.alloc(4);
    header.writeInt32LE(length);
    expect(() => createFrameDecoder().push(header)).toThrow(expect.objectContaining({ code: "RCON_UNREACHABLE" }));
  },
);

it("accepts a part of 4,096 three-byte characters and a packet that arrives byte by byte", () => {
  const text = "日".repeat(4096);
  const frame = Buffer.alloc(14 + 12288);
  frame.writeInt32LE(10 + 12288, 0);
  frame.write(text, 12);
  const decoder = createFrameDecoder();
  const got = [...frame].flatMap((byte) => decoder.push(Buffer.from([byte])));
  expect(got.map(({ payload }) => payload.toString("utf8"))).toEqual([text]);
});

it("encodes as the protocol says and refuses more than 1,446 bytes", () => {
  expect(encodeFrame({ id: 1, type: 2, text: "§" }).toString("hex")).toBe("0c0000000100000002000000c2a70000");
  expect(encodeFrame({ id: 1, type: 2, text: "a".repeat(1446) })).toHaveLength(1460);
  expect(() => encodeFrame({ id: 1, type: 2, text: "§".repeat(724) })).toThrow(
    expect.objectContaining({ code: "COMMAND_INVALID" }),
  );
});
