import { isAppError } from "@/server/errors";
import type { EngineContext } from "./engine-context";
import { listSnapshotIds } from "./list-snapshots";
import type { ContentRef, ObjectStore, StoreOptions } from "./object-store";
import { readManifest } from "./read-manifest";

export interface DamagedPath {
  path: string;
  /** A few words, such as "is missing". */
  problem: string;
}

export interface Verdict {
  id: string;
  isGood: boolean;
  /** Null when the manifest is as it was written; else nothing more can be said. */
  manifestProblem: string | null;
  damaged: DamagedPath[];
  files: number;
  bytes: number;
}

export interface VerifyOptions extends StoreOptions {
  /** What the manifest's checksum was when the snapshot was taken. */
  checksum?: string;
}

/** Reads everything that a snapshot needs and compares every hash. Never repairs, never calls good what it did not read. */
export async function verifySnapshot(
  context: EngineContext,
  store: ObjectStore,
  id: string,
  options: VerifyOptions = {},
): Promise<Verdict> {
  const [verdict] = await verifyMany(context, store, [id], options);
  if (verdict === undefined) throw new Error("A verification came to no result.");
  return verdict;
}

/** All snapshots at once: a content that several of them share is read once and named under each. */
export async function verifyAll(
  context: EngineContext,
  store: ObjectStore,
  options: StoreOptions = {},
): Promise<Verdict[]> {
  return verifyMany(context, store, await listSnapshotIds(context.places), { ...options, mayVanish: true });
}

async function verifyMany(
  context: EngineContext,
  store: ObjectStore,
  ids: readonly string[],
  options: VerifyOptions & { mayVanish?: boolean },
): Promise<Verdict[]> {
  const contents = new Map<string, ContentRef>();
  const loaded: { id: string; files: { path: string; hash: string; size: number }[]; problem: string | null }[] = [];
  await store.load();
  const unpins: (() => void)[] = [];
  try {
    for (const id of ids) {
      try {
        const { entries, checksum, info } = await readManifest(context, id, { signal: options.signal });
        const files = entries.filter((entry) => entry.type === "file");
        unpins.push(store.pin(files.map(({ hash }) => hash)));
        for (const file of files) contents.set(file.hash, file);
        const isOther = info.id !== id || (options.checksum !== undefined && options.checksum !== checksum);
        loaded.push({ id, files, problem: isOther ? "is the manifest of another snapshot" : null });
      } catch (error) {
        if (!isAppError(error)) throw error;
        if (error.code === "SNAPSHOT_NOT_FOUND" && options.mayVanish) continue;
        if (error.code !== "SNAPSHOT_DAMAGED") throw error;
        loaded.push({ id, files: [], problem: String(error.details.reason ?? error.message) });
      }
    }
    const damages = await store.verify(contents.values(), options);
    const problems = new Map(damages.map(({ hash, problem }) => [hash, problem]));
    return loaded.map(({ id, files, problem }) => {
      const damaged = files.flatMap(({ path, hash }) => {
        const found = problems.get(hash);
        return found === undefined ? [] : [{ path, problem: found }];
      });
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      const isGood = problem === null && damaged.length === 0;
      return { id, isGood, manifestProblem: problem, damaged, files: files.length, bytes };
    });
  } finally {
    for (const unpin of unpins) unpin();
  }
}
