import { createHash } from "node:crypto";
import { openObject } from "./read-object";
import type { JobContext } from "./worker-jobs";

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

function problemOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (code === "ENOENT") return "is missing";
  return error instanceof Error ? error.message : String(error);
}
