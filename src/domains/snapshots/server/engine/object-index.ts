import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { mapConcurrently } from "@/lib/map-concurrently";
import type { PackedContent } from "./worker/worker-jobs";
import type { WorkerPool } from "./worker-pool";

/** SHA-256 of nothing: an empty content is never stored. */
export const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

export type Location =
  | { kind: "empty" }
  | { kind: "loose"; file: string }
  | { kind: "packed"; file: string; pack: string; offset: number };

export interface ObjectIndex {
  /** Reads the folders once; later calls wait for the first. */
  load(): Promise<void>;
  find(hash: string): Location | null;
  addLoose(hash: string): void;
  addPack(pack: string, contents: readonly PackedContent[]): void;
  /** Marks what was found damaged: it stays findable, but the next snapshot that meets the content writes it anew. */
  suspect(hash: string): void;
  isSuspect(hash: string): boolean;
  removeLoose(hash: string): void;
  /** Forgets a pack and those contents that are known from it alone. */
  removePack(pack: string): void;
  readonly loose: ReadonlySet<string>;
  readonly packs: Iterable<string>;
  /** What is read from this pack and from no other; null when its list is damaged. */
  contentsOf(pack: string): PackedContent[] | null;
  /** Everything in the pack, also what is read from another one. */
  listOf(pack: string): readonly PackedContent[] | null;
  /** Like `addPack`, but from now on its contents are read from it. */
  movePack(pack: string, contents: readonly PackedContent[]): void;
  looseFile(hash: string): string;
  packFile(pack: string): string;
}

/** What lies in the folder of objects: `{aa}/{sha256}.zst` for one content, `{aa}/{sha256}.pack.zst` for many small ones. */
export function createObjectIndex(folder: string, pool: WorkerPool): ObjectIndex {
  const loose = new Set<string>();
  const packs = new Map<string, readonly PackedContent[] | null>();
  const packed = new Map<string, { pack: string; offset: number }>();
  const suspects = new Set<string>();
  const looseFile = (hash: string) => join(folder, hash.slice(0, 2), `${hash}.zst`);
  const packFile = (pack: string) => join(folder, pack.slice(0, 2), `${pack}.pack.zst`);
  const addPack = (pack: string, contents: readonly PackedContent[]) => {
    packs.set(pack, contents);
    for (const [hash, offset] of contents) {
      if (packed.has(hash) && !suspects.delete(hash)) continue;
      packed.set(hash, { pack, offset });
    }
  };

  const read = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const groups = (await readdir(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name));
    const found: string[] = [];
    await mapConcurrently(groups, 8, async (group) => {
      for (const name of await readdir(join(folder, group))) {
        const [, hash, kind] = /^([0-9a-f]{64})(\.pack)?\.zst$/.exec(name) ?? [];
        if (hash === undefined || !hash.startsWith(group)) continue;
        if (kind === undefined) loose.add(hash);
        else found.push(hash);
      }
    });
    // In one order always, so that a content of two packs is read from the same one after every start.
    found.sort();
    const lists = found.length === 0 ? [] : await pool.run("list", { packs: found.map(packFile) });
    for (const [index, pack] of found.entries()) {
      const contents = lists[index];
      if (contents) addPack(pack, contents);
      else packs.set(pack, null);
    }
  };
  let loading: Promise<void> | null = null;

  return {
    load: () => {
      loading ??= read().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      return loading;
    },
    find: (hash) => {
      if (hash === emptyHash) return { kind: "empty" };
      if (loose.has(hash)) return { kind: "loose", file: looseFile(hash) };
      const place = packed.get(hash);
      return place ? { kind: "packed", file: packFile(place.pack), ...place } : null;
    },
    addLoose: (hash) => {
      loose.add(hash);
      suspects.delete(hash);
    },
    listOf: (pack) => packs.get(pack) ?? null,
    movePack: (pack, contents) => {
      packs.set(pack, contents);
      for (const [hash, offset] of contents) packed.set(hash, { pack, offset });
    },
    suspect: (hash) => void suspects.add(hash),
    isSuspect: (hash) => suspects.has(hash),
    addPack,
    removeLoose: (hash) => void loose.delete(hash),
    removePack: (pack) => {
      for (const [hash] of packs.get(pack) ?? []) if (packed.get(hash)?.pack === pack) packed.delete(hash);
      packs.delete(pack);
    },
    loose,
    packs: { [Symbol.iterator]: () => packs.keys() },
    contentsOf: (pack) => packs.get(pack)?.filter(([hash]) => packed.get(hash)?.pack === pack) ?? null,
    looseFile,
    packFile,
  };
}
