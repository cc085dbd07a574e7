import { randomBytes } from "node:crypto";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import { syncFilesystem } from "@/server/fs/sync-filesystem";
import { syncFolder } from "@/server/fs/sync-folder";
import type { ContentPins } from "./content-pins";
import type { EngineContext } from "./engine-context";
import type { ObjectIndex } from "./object-index";
import { openPack } from "./pack-writer";
import { readContent } from "./read-content";
import type { PackedContent } from "./worker/worker-jobs";

interface RepackParts {
  context: EngineContext;
  index: ObjectIndex;
  pins: ContentPins;
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** What is still needed of a pack, when that is less than half of it; else null. */
export function worthRepacking(
  index: ObjectIndex,
  pack: string,
  isLive: (hash: string) => boolean,
): PackedContent[] | null {
  const live = index.contentsOf(pack)?.filter(([hash]) => isLive(hash)) ?? [];
  const sum = (contents: readonly PackedContent[]) => contents.reduce((total, [, , size]) => total + size, 0);
  return live.length > 0 && sum(live) * 2 < sum(index.listOf(pack) ?? []) ? live : null;
}

/**
 * Writes what is still needed of a pack into a new one, verified, and removes the old one unless somebody may be reading from
 * it: then the next sweep does. Killed in between, both packs hold the contents, and the next sweep begins again.
 */
export async function repackContents(parts: RepackParts, pack: string, live: readonly PackedContent[]): Promise<void> {
  const { context, index, pins, inTurn } = parts;
  const { places, onStep } = context;
  const staging = join(places.staging, `repack-${randomBytes(12).toString("hex")}`);
  await mkdir(staging, { recursive: true, mode: 0o700 });
  try {
    const staged = join(staging, "pack");
    const writer = await openPack(staged);
    const keeper = { kept: null };
    const file = index.packFile(pack);
    try {
      for (const [hash, offset, size] of live) {
        const pieces: Buffer[] = [];
        const range = { start: 0, end: size };
        for await (const piece of readContent({ file, offset, hash, size }, range, keeper)) pieces.push(piece);
        await writer.add(hash, Buffer.concat(pieces));
      }
      const fresh = await writer.finish();
      onStep("flush repacked contents");
      await syncFilesystem(staging, [staged]);
      await inTurn(async () => {
        const place = index.packFile(fresh.hash);
        await mkdir(dirname(place), { recursive: true, mode: 0o700 });
        onStep("rename repacked contents");
        await rename(staged, place);
        onStep("flush folder of objects");
        await syncFolder(dirname(place));
        await syncFolder(places.objects);
        index.movePack(fresh.hash, fresh.contents);
        if (index.listOf(pack)?.some(([hash]) => pins.has(hash))) return;
        index.removePack(pack);
        onStep("remove repacked object");
        await rm(file, { force: true });
      });
    } finally {
      await writer.close();
    }
  } catch (error) {
    throw explainDiskError(error);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
