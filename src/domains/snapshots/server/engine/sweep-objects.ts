import { rm, stat } from "node:fs/promises";
import { isAppError } from "@/server/errors";
import type { ContentPins } from "./content-pins";
import type { EngineContext } from "./engine-context";
import type { ObjectIndex } from "./object-index";
import type { SweepResult } from "./object-store";
import { repackContents, worthRepacking } from "./repack-contents";

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
        if (contents === null || contents.some(([hash]) => isLive(hash))) return true;
        // Somebody may still be reading from here what is found in another pack by now.
        return index.listOf(pack)?.some(([hash]) => pins.has(hash)) ?? false;
      };
      await settle(index.packFile(pack), isNeeded, () => index.removePack(pack));
    }
    for (const pack of [...index.packs]) {
      signal?.throwIfAborted();
      const live = worthRepacking(index, pack, isLive);
      // A pack that cannot be read stays as it is: verify shows it.
      if (live) await repackContents(parts, pack, live).catch(ignoreDamage);
    }
    return result;
  } finally {
    release();
  }
}

function ignoreDamage(error: unknown): void {
  if (!isAppError(error) || error.code !== "SNAPSHOT_DAMAGED") throw error;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}
