import { create } from "qrcode";
import { expect, it } from "vitest";
import { drawQrCode } from "./draw-qr-code";

const uri = "otpauth://totp/mcsd:founder?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=mcsd";

it("draws every dark module and no light one", async () => {
  const { size, path } = await drawQrCode(uri);
  const expected = create(uri, { errorCorrectionLevel: "M" }).modules;
  const drawn = new Uint8Array(size * size);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    drawn.fill(1, Number(y) * size + Number(x), Number(y) * size + Number(x) + Number(length));
  expect(size).toBe(expected.size);
  expect([...drawn]).toEqual([...expected.data].map(Number));
  expect(path.replace(/M\d+ \d+h(\d+)v1h-\1z/g, "")).toBe("");
});
