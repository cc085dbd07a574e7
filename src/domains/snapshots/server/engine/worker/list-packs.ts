import { decodePackList } from "../pack-list";
import { openObject } from "./read-object";
import type { JobContext, PackedContent } from "./worker-jobs";

export async function listPacks(
  ask: { packs: readonly string[] },
  context: JobContext,
): Promise<(PackedContent[] | null)[]> {
  const lists: (PackedContent[] | null)[] = [];
  for (const path of ask.packs) {
    context.checkCancelled();
    lists.push(await readList(path).catch(() => null));
  }
  return lists;
}

async function readList(path: string): Promise<PackedContent[] | null> {
  const object = openObject(path);
  try {
    const last = object.frames.at(-1);
    return last === undefined ? null : decodePackList(await object.read(last));
  } finally {
    object.close();
  }
}
