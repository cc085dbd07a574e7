import { constants, gunzipSync, inflateRawSync } from "node:zlib";

const entryMagic = "PK\x03\x04";
/** What was torn off is read as far as it goes. */
const asFarAsItGoes = { finishFlush: constants.Z_SYNC_FLUSH };

/** The bytes, and what is packed in them as gzip or ZIP, as one text to look for something in. */
export function unpackedText(bytes: Buffer): string {
  const parts = [bytes];
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) parts.push(gunzipSync(bytes, asFarAsItGoes));
  for (let at = bytes.indexOf(entryMagic); at >= 0; at = bytes.indexOf(entryMagic, at + 4)) {
    if (bytes.length < at + 30) break;
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    try {
      parts.push(inflateRawSync(bytes.subarray(start), asFarAsItGoes));
    } catch {
      // Not packed: it is in the bytes as it is.
    }
  }
  return parts.map((part) => part.toString("latin1")).join("\n");
}
