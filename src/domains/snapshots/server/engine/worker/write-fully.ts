import { writeSync, writevSync } from "node:fs";

/** A write may be short, right before the disk is full: the rest then fails with ENOSPC. */
export function writeFully(fd: number, content: Uint8Array, position: number): void {
  for (let done = 0; done < content.length; )
    done += writeSync(fd, content, done, content.length - done, position + done);
}

/** All pieces with one call, as far as the disk takes them. */
export function writePieces(fd: number, pieces: readonly Buffer[], position: number): void {
  let written = pieces.length > 1 ? writevSync(fd, pieces, position) : 0;
  let at = position;
  for (const piece of pieces) {
    const done = Math.min(written, piece.length);
    if (done < piece.length) writeFully(fd, piece.subarray(done), at + done);
    written -= done;
    at += piece.length;
  }
}
