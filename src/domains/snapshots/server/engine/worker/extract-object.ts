import { createHash } from "node:crypto";
import { closeSync, fchmodSync, fchownSync, ftruncateSync, futimesSync, openSync } from "node:fs";
import { pathForSystem } from "@/server/fs/path-bytes";
import { secondsOf } from "../file-time";
import { type Frame, frameBytes } from "../zstd-frames";
import { isZero } from "./is-zero";
import { ObjectDamage, type ObjectReader, openObject } from "./read-object";
import type { ExtractTarget, JobContext } from "./worker-jobs";
import { writeFully } from "./write-fully";

const blockBytes = 4096;

/** Set-user and set-group bits are never given out again: a restored file may belong to someone else than the first. */
const allowedBits = 0o1777;

/** Writes contents of one object to new files. Throws ObjectDamage when a content is not what its hash says. */
export async function extractObject(
  ask: { object: string | null; isPack: boolean; targets: readonly ExtractTarget[] },
  context: JobContext,
): Promise<null> {
  if (ask.object === null) {
    for (const target of ask.targets) extractEmpty(target);
    return null;
  }
  const object = openObject(ask.object);
  try {
    if (ask.isPack) await extractPacked(object, ask.targets, context);
    else for (const target of ask.targets) await extractWhole(object, target, context);
    return null;
  } finally {
    object.close();
  }
}

function extractEmpty(target: ExtractTarget): void {
  const fd = openSync(pathForSystem(target.target), "wx", 0o600);
  try {
    finish(fd, target);
  } finally {
    closeSync(fd);
  }
}

async function extractWhole(object: ObjectReader, target: ExtractTarget, context: JobContext): Promise<void> {
  const fd = openSync(pathForSystem(target.target), "wx", 0o600);
  try {
    const hash = createHash("sha256");
    let position = 0;
    // The next frame decompresses while this one is hashed and written.
    let next = readAhead(object, 0);
    for (let index = 0; index < object.frames.length; index++) {
      context.checkCancelled();
      const content = await next;
      if (index + 1 < object.frames.length) next = readAhead(object, index + 1);
      hash.update(content);
      writeContent(fd, content, position, target.isSparse);
      position += content.length;
      context.addBytes(content.length);
    }
    if (hash.digest("hex") !== target.hash) throw new ObjectDamage("has other content than it had");
    finish(fd, target);
  } finally {
    closeSync(fd);
  }
}

function readAhead(object: ObjectReader, index: number): Promise<Buffer> {
  const frame = object.frames[index];
  const reading = frame === undefined ? Promise.resolve(Buffer.alloc(0)) : object.read(frame);
  // Awaited a turn later; without a handler a failure meanwhile would end the process.
  reading.catch(() => {});
  return reading;
}

/** Contents of a pack never lie across two frames, so each frame is decompressed once. */
async function extractPacked(object: ObjectReader, targets: readonly ExtractTarget[], context: JobContext) {
  const starts: { frame: Frame; start: number }[] = [];
  let start = 0;
  for (const frame of object.frames) {
    starts.push({ frame, start });
    start += frame.size;
  }
  const ordered = [...targets].sort((a, b) => a.offset - b.offset);
  let at = -1;
  let content: Buffer = Buffer.alloc(0);
  for (const target of ordered) {
    context.checkCancelled();
    const index = starts.findIndex(({ frame, start }) => target.offset >= start && target.offset < start + frame.size);
    const found = starts[index];
    if (found === undefined) throw new ObjectDamage("does not hold what its list says");
    if (index !== at) content = await object.read(found.frame);
    at = index;
    const from = target.offset - found.start;
    const part = content.subarray(from, from + target.size);
    if (part.length !== target.size || createHash("sha256").update(part).digest("hex") !== target.hash)
      throw new ObjectDamage("has other content than it had");
    const fd = openSync(pathForSystem(target.target), "wx", 0o600);
    try {
      writeContent(fd, part, 0, target.isSparse);
      finish(fd, target);
    } finally {
      closeSync(fd);
    }
    context.addBytes(part.length);
  }
}

function writeContent(fd: number, content: Buffer, position: number, isSparse: boolean): void {
  if (!isSparse) {
    writeFully(fd, content, position);
    return;
  }
  if (content.length === frameBytes && isZero(content)) return;
  for (let at = 0; at < content.length; at += blockBytes) {
    const block = content.subarray(at, at + blockBytes);
    if (!isZero(block)) writeFully(fd, block, position + at);
  }
}

function finish(fd: number, { size, mode, mtimeNs, owner, isSparse }: ExtractTarget): void {
  if (isSparse) ftruncateSync(fd, size);
  if (owner) fchownSync(fd, owner.uid, owner.gid);
  fchmodSync(fd, mode & allowedBits);
  futimesSync(fd, secondsOf(mtimeNs), secondsOf(mtimeNs));
}
