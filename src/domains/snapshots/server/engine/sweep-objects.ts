import { rm, stat } from "node:fs/promises";
import type { ContentPins } from "./content-pins";
import type { EngineContext } from "./engine-context";
import type { ObjectIndex } from "./object-index";
import type { SweepResult } from "./object-store";

interface SweepParts {
  context: EngineContext;
  index: ObjectIndex;
  pins: ContentPins;
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  mark(): Promise<ReadonlySet<string>>;
  signal?: AbortSignal;
}

/**
 * Whether a content is needed is looked up in the very turn in which its object goes: the index forgets it first, so that
 * a snapshot that meets the same content afterwards writes it anew, and its rename waits for our turn to end.
 */
export async function sweepObjects(parts: SweepParts): Promise<SweepResult> {
  const { context, index, pins, inTurn, signal } = parts;
  const release = pins.hold();
  const result: SweepResult = { removedObjects: 0, freedBytes: 0, keptObjects: 0, keptBytes: 0 };
  const settle = async (file: string, isNeeded: () => boolean, forget: () => void) => {
    signal?.throwIfAborted();
    await inTurn(async () => {
      const size = await sizeOf(file);
      if (isNeeded()) {
        result.keptObjects++;
        result.keptBytes += size;
        return;
      }
      forget();
      context.onStep("remove object");
      await rm(file, { force: true });
      result.removedObjects++;
      result.freedBytes += size;
    });
  };
  try {
    const marked = await parts.mark();
    const isLive = (hash: string) => marked.has(hash) || pins.has(hash);
    for (const hash of [...index.loose])
      await settle(
        index.looseFile(hash),
        () => isLive(hash),
        () => index.removeLoose(hash),
      );
    for (const pack of [...index.packs]) {
      const isNeeded = () => {
        const contents = index.contentsOf(pack);
        // A pack whose list is damaged may hold what somebody still hopes for: it is shown by verify and stays.
        return contents === null || contents.some(([hash]) => isLive(hash));
      };
      await settle(index.packFile(pack), isNeeded, () => index.removePack(pack));
    }
    return result;
  } finally {
    release();
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}
