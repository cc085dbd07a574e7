import { AppError } from "@/server/errors";

/** Vanilla cuts a reply after this many UTF-16 units and encodes each part on its own. */
const partChars = 4096;
const maxReplyBytes = 8 * 1024 * 1024;

export interface RconReply {
  /** Takes the next part. Throws RCON_UNREACHABLE when the reply grows past all reason. */
  add(part: Buffer): void;
  /** True when the last part was a short one: vanilla sends nothing after it. A full one may be the last too. */
  readonly isComplete: boolean;
  /** All parts joined as bytes, then decoded. */
  text(): string;
}

/** Collects the parts of one reply. Counts characters, not bytes: a full part may be 4,096 to 12,288 bytes. */
export function createRconReply(): RconReply {
  const parts: Buffer[] = [];
  let size = 0;
  let isComplete = false;

  return {
    add(part) {
      size += part.length;
      if (size > maxReplyBytes) {
        throw new AppError("RCON_UNREACHABLE", "The server's reply is too long to be true.", {
          reason: "reply_too_long",
        });
      }
      parts.push(part);
      isComplete = part.length < partChars || part.toString("utf8").length < partChars;
    },
    get isComplete() {
      return isComplete;
    },
    text: () => Buffer.concat(parts, size).toString("utf8"),
  };
}
