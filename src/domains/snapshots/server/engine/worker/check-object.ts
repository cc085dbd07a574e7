import { createHash } from "node:crypto";
import type { Frame } from "../zstd-frames";
import { type ObjectReader, openObject } from "./read-object";
import type { JobContext, PackedContent } from "./worker-jobs";

/** Length of each object's content, or what is wrong, as far as the lists of frames tell. Contents are not read. */
export function probeObjects(ask: { objects: readonly string[] }, context: JobContext): (number | string)[] {
  return ask.objects.map((path) => {
    context.checkCancelled();
    try {
      const object = openObject(path);
      object.close();
      return object.size;
    } catch (error) {
      return problemOf(error);
    }
  });
}

/** Reads a whole object again and compares its hash. Null, or a few words on what is wrong. */
export async function checkObject(ask: { object: string; hash: string }, context: JobContext): Promise<string | null> {
  let object: ReturnType<typeof openObject>;
  try {
    object = openObject(ask.object);
  } catch (error) {
    return problemOf(error);
  }
  try {
    const hash = createHash("sha256");
    for (const frame of object.frames) {
      context.checkCancelled();
      hash.update(await object.read(frame));
      context.addBytes(frame.size);
    }
    return hash.digest("hex") === ask.hash ? null : "has other content than it had";
  } catch (error) {
    context.checkCancelled();
    return problemOf(error);
  } finally {
    object.close();
  }
}

/** Checks contents of a pack one by one: one damaged frame does not speak for the others. */
export async function checkPack(
  ask: { object: string; contents: readonly PackedContent[] },
  context: JobContext,
): Promise<[hash: string, problem: string][]> {
  let object: ReturnType<typeof openObject>;
  try {
    object = openObject(ask.object);
  } catch (error) {
    return ask.contents.map(([hash]) => [hash, problemOf(error)]);
  }
  const problems: [hash: string, problem: string][] = [];
  try {
    const left = ask.contents.toSorted(([, a], [, b]) => a - b);
    let start = 0;
    for (const frame of object.frames) {
      context.checkCancelled();
      const end = start + frame.size;
      const inside = left.splice(0, lengthBefore(left, end));
      if (inside.length > 0) problems.push(...(await checkFrame(object, frame, start, inside)));
      context.addBytes(inside.reduce((sum, [, , size]) => sum + size, 0));
      start = end;
    }
    return [...problems, ...left.map(([hash]): [string, string] => [hash, "is not where the pack says"])];
  } finally {
    object.close();
  }
}

/** How many of the contents, sorted by place, begin before `end`. */
function lengthBefore(contents: readonly PackedContent[], end: number): number {
  const index = contents.findIndex(([, offset]) => offset >= end);
  return index < 0 ? contents.length : index;
}

async function checkFrame(
  object: ObjectReader,
  frame: Frame,
  start: number,
  contents: readonly PackedContent[],
): Promise<[hash: string, problem: string][]> {
  let content: Buffer;
  try {
    content = await object.read(frame);
  } catch (error) {
    return contents.map(([hash]) => [hash, problemOf(error)]);
  }
  return contents.flatMap(([hash, offset, size]): [string, string][] => {
    const part = content.subarray(offset - start, offset - start + size);
    const isGood = part.length === size && createHash("sha256").update(part).digest("hex") === hash;
    return isGood ? [] : [[hash, "has other content than it had"]];
  });
}

function problemOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (code === "ENOENT") return "is missing";
  return error instanceof Error ? error.message : String(error);
}
