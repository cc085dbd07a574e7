import { isUtf8 } from "node:buffer";
import { AppError } from "@/server/errors";
import type { FileText, fileEncodings, lineEnds } from "../contract";

type Encoding = (typeof fileEncodings)[number];

const utf8Bom = Buffer.of(0xef, 0xbb, 0xbf);
const utf16Bom = Buffer.of(0xff, 0xfe);

/** How the bytes of a text are to be understood; null for what is no text. `isPart`: they may end in the middle of a character. */
export function detectEncoding(bytes: Buffer, { isPart }: { isPart: boolean }): Encoding | null {
  if (bytes.subarray(0, 2).equals(utf16Bom)) return "utf16le";
  if (bytes.includes(0)) return null;
  if (bytes.subarray(0, 3).equals(utf8Bom)) return "utf8-bom";
  if (isUtf8(isPart ? bytes.subarray(0, wholeUtf8(bytes)) : bytes)) return "utf8";
  // Any bytes are Latin-1; many control characters are none that somebody wrote.
  const controls = bytes.reduce((count, byte) => count + (byte < 0x20 && !isSpacing(byte) ? 1 : 0), 0);
  return controls * 50 > bytes.length ? null : "latin1";
}

export function decodeText(bytes: Buffer, encoding: Encoding): string {
  if (encoding === "latin1") return bytes.toString("latin1");
  if (encoding === "utf16le") return bytes.subarray(bytes.subarray(0, 2).equals(utf16Bom) ? 2 : 0).toString("utf16le");
  return bytes.subarray(bytes.subarray(0, 3).equals(utf8Bom) ? 3 : 0).toString("utf8");
}

/** Throws ENCODING_IMPOSSIBLE for characters that the encoding does not have. */
export function encodeText(text: string, encoding: Encoding): Buffer {
  if (!text.isWellFormed()) throw new AppError("ENCODING_IMPOSSIBLE", "The text holds half a character.", { encoding });
  if (encoding === "utf16le") return Buffer.concat([utf16Bom, Buffer.from(text, "utf16le")]);
  if (encoding === "utf8-bom") return Buffer.concat([utf8Bom, Buffer.from(text, "utf8")]);
  if (encoding === "utf8") return Buffer.from(text, "utf8");
  const at = [...text].findIndex((char) => (char.codePointAt(0) ?? 0) > 0xff);
  if (at < 0) return Buffer.from(text, "latin1");
  throw new AppError("ENCODING_IMPOSSIBLE", "The file is Latin-1, which does not have all of these characters.", {
    encoding,
    character: [...text][at],
  });
}

export function lineEndOf(text: string): (typeof lineEnds)[number] {
  const all = text.split("\n").length - 1;
  const windows = text.split("\r\n").length - 1;
  if (windows === 0) return "lf";
  return windows === all ? "crlf" : "mixed";
}

/** The range of a part that begins and ends between characters. */
export function wholeCharacters(bytes: Buffer, encoding: FileText["encoding"]): { from: number; to: number } {
  if (encoding === "latin1") return { from: 0, to: bytes.length };
  if (encoding === "utf16le") return { from: 0, to: bytes.length - (bytes.length % 2) };
  let from = 0;
  while (from < 3 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from++;
  return { from, to: wholeUtf8(bytes) };
}

/** Where the last whole UTF-8 character ends. */
function wholeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function isSpacing(byte: number): boolean {
  // Tab, line feed, form feed, carriage return, and the escape of terminal colours.
  return byte === 9 || byte === 10 || byte === 12 || byte === 13 || byte === 27;
}
