import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import { syncFilesystem } from "@/server/fs/sync-filesystem";
import { syncFolder } from "@/server/fs/sync-folder";
import type { ContentPins } from "./content-pins";
import { createEarlyFlush } from "./early-flush";
import type { EngineContext } from "./engine-context";
import type { ObjectIndex } from "./object-index";
import type { PutOptions, StoreSession } from "./object-store";
import { type FinishedPack, openPack, type PackWriter, packedBelow } from "./pack-writer";
import { runLimited } from "./run-limited";
import { createTurns } from "./take-turns";
import type { LoadedFile, WalkedFile } from "./worker/worker-jobs";

interface SessionParts {
  context: EngineContext;
  index: ObjectIndex;
  pins: ContentPins;
  /** Shared with the sweep: what it removes and what we make visible must not cross. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Made by us, removed by us. */
  staging: string;
}

const batchFiles = 256;
const batchBytes = 4 * 1024 * 1024;

/**
 * Objects are written in a folder of their own, flushed, and only then renamed to their places: a name in the store has
 * its whole content on disk, also after a power cut, so that later snapshots may rely on it.
 */
export async function openStoreSession(parts: SessionParts): Promise<StoreSession> {
  const { context, index, pins, inTurn, staging } = parts;
  const { pool, onStep, places } = context;
  await mkdir(staging, { recursive: true, mode: 0o700 });
  const staged = new Map<string, { file: string; stored: number }>();
  const packed = new Set<string>();
  const pinned = new Set<string>();
  const finished: FinishedPack[] = [];
  const packInTurn = createTurns();
  let pack: PackWriter | null = null;
  let names = 0;
  let addedBytes = 0;
  const earlyFlush = createEarlyFlush(staging);

  const nextName = () => join(staging, String(++names));
  const pin = (hash: string) => {
    if (pinned.has(hash)) return;
    pinned.add(hash);
    pins.add(hash);
  };
  const claim = (hash: string) => {
    const isStored = index.find(hash) !== null && !index.isSuspect(hash);
    const isKnown = isStored || staged.has(hash) || packed.has(hash);
    if (isKnown) pin(hash);
    return isKnown;
  };

  const finishPack = async () => {
    const done = pack;
    pack = null;
    if (done === null) return;
    try {
      finished.push(await done.finish());
    } finally {
      await done.close();
    }
  };
  const addToPack = ({ outcome, content }: LoadedFile) =>
    packInTurn(async () => {
      if (outcome.kind === "gone" || claim(outcome.hash)) return;
      pack ??= await openPack(nextName());
      await pack.add(outcome.hash, content);
      packed.add(outcome.hash);
      pin(outcome.hash);
      if (pack.isFull) await finishPack();
    });
  const storeOne = async (folder: string, { path }: WalkedFile, options: PutOptions) => {
    const file = nextName();
    const { outcome, stored } = await pool.run("store", { folder, path, staged: file }, options);
    if (outcome.kind === "gone" || claim(outcome.hash)) await rm(file, { force: true });
    else {
      staged.set(outcome.hash, { file, stored });
      earlyFlush.add(stored);
      pin(outcome.hash);
    }
    options.onFile(outcome);
  };
  const loadSome = async (folder: string, files: readonly WalkedFile[], options: PutOptions) => {
    for (const loaded of await pool.run("load", { folder, paths: files.map(({ path }) => path) }, options)) {
      await addToPack(loaded);
      options.onFile(loaded.outcome);
    }
  };

  const moveIn = async () => {
    const touched = new Set<string>();
    const move = async (from: string, to: string) => {
      const folder = dirname(to);
      if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) touched.add(places.objects);
      onStep("rename object");
      await rename(from, to);
      touched.add(folder);
    };
    for (const [hash, { file, stored }] of staged) {
      await move(file, index.looseFile(hash));
      index.addLoose(hash);
      addedBytes += stored;
    }
    for (const done of finished) {
      await move(done.staged, index.packFile(done.hash));
      index.addPack(done.hash, done.contents);
      addedBytes += done.stored;
    }
    for (const folder of touched) {
      onStep("flush folder of objects");
      await syncFolder(folder);
    }
    staged.clear();
    packed.clear();
    finished.length = 0;
  };

  return {
    claim,
    put: async (folder, files, options) => {
      const jobs = [
        ...files.filter(({ size }) => size >= packedBelow).map((file) => () => storeOne(folder, file, options)),
        ...batchesOf(files).map((batch) => () => loadSome(folder, batch, options)),
      ];
      await runLimited(jobs, pool.size + 1, (job) => job()).catch((error) => Promise.reject(explainDiskError(error)));
    },
    publish: async () => {
      try {
        await packInTurn(finishPack);
        await earlyFlush.settled();
        if (staged.size + finished.length === 0) return;
        onStep("flush objects");
        const files = [...[...staged.values()].map(({ file }) => file), ...finished.map((done) => done.staged)];
        await syncFilesystem(staging, files);
        await inTurn(moveIn);
      } catch (error) {
        throw explainDiskError(error);
      }
    },
    get addedBytes() {
      return addedBytes;
    },
    close: async () => {
      await packInTurn(async () => {
        await pack?.close();
        pack = null;
      });
      await earlyFlush.settled();
      await rm(staging, { recursive: true, force: true });
      for (const hash of pinned) pins.remove(hash);
      pinned.clear();
    },
  };
}

/** Small files in groups that a thread reads at once. */
function batchesOf(files: readonly WalkedFile[]): WalkedFile[][] {
  const batches: WalkedFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    if (file.size >= packedBelow) continue;
    const last = batches.at(-1);
    if (last === undefined || last.length >= batchFiles || bytes + file.size > batchBytes) {
      batches.push([file]);
      bytes = file.size;
    } else {
      last.push(file);
      bytes += file.size;
    }
  }
  return batches;
}
