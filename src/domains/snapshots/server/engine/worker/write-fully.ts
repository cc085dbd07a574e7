import { writeSync } from "node:fs";

/** A write may be short, right before the disk is full: the rest then fails with ENOSPC. */
export function writeFully(fd: number, content: Uint8Array, position: number): void {
  for (let done = 0; done < content.length; )
    done += writeSync(fd, content, done, content.length - done, position + done);
}
