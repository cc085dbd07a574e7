import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeStatusRequest, encodeVarInt, readStatusResponse, readVarInt } from "./list-ping-frames";

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

it("reads every VarInt it wrote, wherever it stands, and waits for the rest of a cut one", () => {
  fc.assert(
    fc.property(int32, fc.uint8Array({ maxLength: 9 }), (value, before) => {
      const encoded = encodeVarInt(value);
      const bytes = Buffer.concat([before, encoded]);
      expect(readVarInt(bytes, before.length)).toEqual({ value, end: bytes.length });
      expect(readVarInt(bytes.subarray(0, -1), before.length)).toBe(null);
      expect(encoded.length).toBeLessThanOrEqual(5);
    }),
  );
});

it.each([
  [0, "00"],
  [127, "7f"],
  [128, "8001"],
  [25565, "ddc701"],
  [2097151, "ffff7f"],
  [2147483647, "ffffffff07"],
  [-1, "ffffffff0f"],
  [-2147483648, "8080808008"],
])("writes %i as the protocol's own examples do", (value, hex) => {
  expect(encodeVarInt(value).toString("hex")).toBe(hex);
});

it("refuses a sixth byte", () => {
  expect(() => readVarInt(Buffer.from("ffffffffff01", "hex"), 0)).toThrow(RangeError);
});

it("asks as a 1.21.5 client does", () => {
  const request = encodeStatusRequest("localhost", 25565, 770);
  expect(request.toString("hex")).toBe(`10008206096c6f63616c686f737463dd010100`);
});

it("never reads beyond or throws anything but RangeError at arbitrary bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      try {
        const text = readStatusResponse(Buffer.from(bytes));
        if (text !== null) expect(text.length).toBeLessThan(40);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }),
  );
});
