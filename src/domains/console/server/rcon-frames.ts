import { maxCommandBytes } from "@/domains/console/contract";
import { AppError } from "@/server/errors";

/** Packet types of RCON; 2 means "command" on the way there and "signed in" on the way back. */
export const rconTypes = { reply: 0, command: 2, authReply: 2, auth: 3 } as const;

export interface RconFrame {
  id: number;
  type: number;
  payload: Buffer;
}

/** Bytes of id, type and the two closing zeros: what the length field counts beside the payload. */
const overhead = 10;
/** Vanilla sends 12,288 payload bytes at most; other servers do not split at all. */
const maxFrameBytes = 1024 * 1024;

/** One packet: length, id and type as little-endian int32, UTF-8 text, two zero bytes. COMMAND_INVALID when over 1,446 bytes. */
export function encodeFrame(frame: { id: number; type: number; text: string }): Buffer {
  const payload = Buffer.from(frame.text, "utf8");
  if (payload.length > maxCommandBytes) {
    throw new AppError("COMMAND_INVALID", `A command may be ${maxCommandBytes} bytes long at most.`);
  }
  const packet = Buffer.alloc(4 + overhead + payload.length);
  packet.writeInt32LE(overhead + payload.length, 0);
  packet.writeInt32LE(frame.id, 4);
  packet.writeInt32LE(frame.type, 8);
  payload.copy(packet, 12);
  return packet;
}

export interface FrameDecoder {
  /** The packets that are whole now. Throws RCON_UNREACHABLE at a length no packet can have; of no use afterwards. */
  push(chunk: Buffer): RconFrame[];
}

/** Cuts a byte stream, in whatever pieces it arrives, into packets. Holds one unfinished packet at most. */
export function createFrameDecoder(): FrameDecoder {
  let chunks: Buffer[] = [];
  let size = 0;
  let needed = 4;

  return {
    push(chunk) {
      chunks.push(chunk);
      size += chunk.length;
      const frames: RconFrame[] = [];
      // Joined only when a packet or its length is whole, so that a slow trickle costs linear time.
      while (size >= needed) {
        const bytes = Buffer.concat(chunks, size);
        const { used, missing } = cut(bytes, frames);
        chunks = used === size ? [] : [bytes.subarray(used)];
        size -= used;
        needed = missing;
      }
      return frames;
    },
  };
}

/** Appends the whole packets in `bytes`; says how many bytes they took and how many the next one needs. */
function cut(bytes: Buffer, frames: RconFrame[]): { used: number; missing: number } {
  let used = 0;
  while (bytes.length - used >= 4) {
    const length = bytes.readInt32LE(used);
    if (length < overhead || length > maxFrameBytes) {
      throw new AppError("RCON_UNREACHABLE", "The server's RCON port does not speak RCON.", { reason: "bad_length" });
    }
    if (bytes.length - used < 4 + length) return { used, missing: 4 + length };
    frames.push({
      id: bytes.readInt32LE(used + 4),
      type: bytes.readInt32LE(used + 8),
      payload: bytes.subarray(used + 12, used + 2 + length),
    });
    used += 4 + length;
  }
  return { used, missing: 4 };
}
