/** VarInts are at most five bytes: 7 bits each, low bits first, two's complement. */
const maxVarIntBytes = 5;
/** We refuse longer answers than this, though a frame may hold 2 MiB: the longest honest ones carry a 64×64 icon. */
export const maxAnswerBytes = 256 * 1024;

export function encodeVarInt(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value >>> 0;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** The int32 at `offset` and the offset behind it, or null when the bytes end before it does. Throws on a sixth byte. */
export function readVarInt(bytes: Buffer, offset: number): { value: number; end: number } | null {
  let value = 0;
  for (let index = 0; index < maxVarIntBytes; index++) {
    const byte = bytes[offset + index];
    if (byte === undefined) return null;
    value |= (byte & 127) << (7 * index);
    if (byte < 128) return { value, end: offset + index + 1 };
  }
  throw new RangeError("VarInt too long");
}

function frame(...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([encodeVarInt(body.length), body]);
}

/** Handshake (packet 0: protocol, host, port, next state 1 = status) and status request (packet 0, empty) in one buffer. */
export function encodeStatusRequest(host: string, port: number, protocol: number): Buffer {
  const name = Buffer.from(host, "utf8");
  const portBytes = Buffer.from([port >> 8, port & 255]);
  const packetId = encodeVarInt(0);
  return Buffer.concat([
    frame(packetId, encodeVarInt(protocol), encodeVarInt(name.length), name, portBytes, encodeVarInt(1)),
    frame(packetId),
  ]);
}

/**
 * The JSON text of a status response (packet 0 with one string), or null while bytes are missing. Throws when this can
 * never become one.
 */
export function readStatusResponse(bytes: Buffer): string | null {
  const length = readVarInt(bytes, 0);
  if (length === null) return null;
  if (length.value < 2 || length.value > maxAnswerBytes) throw new RangeError("frame length");
  const isOther = bytes.length > length.end && bytes[length.end] !== 0;
  if (isOther) throw new RangeError("not a status response");
  if (bytes.length < length.end + length.value) return null;
  const body = bytes.subarray(length.end, length.end + length.value);
  const packetId = readVarInt(body, 0);
  const text = packetId?.value === 0 ? readVarInt(body, packetId.end) : null;
  if (text === null || text.value < 0 || text.end + text.value > body.length)
    throw new RangeError("not a status response");
  return body.toString("utf8", text.end, text.end + text.value);
}
