import { syncFilesystem } from "@/server/fs/sync-filesystem";

/** After so much the disk begins to take what was written, while the writing goes on. */
const portionBytes = 128 * 1024 * 1024;

export interface EarlyFlush {
  /** Tells of bytes that were written below the folder. */
  add(bytes: number): void;
  /** Waits for a flush that runs. */
  settled(): Promise<void>;
}

/** Flushes now and then in the background. It promises nothing: the flush at the end only has less to wait for. */
export function createEarlyFlush(folder: string): EarlyFlush {
  let unflushed = 0;
  let flushing: Promise<void> | null = null;
  return {
    add: (bytes) => {
      unflushed += bytes;
      if (unflushed < portionBytes || flushing !== null) return;
      unflushed = 0;
      flushing = syncFilesystem(folder, []).finally(() => {
        flushing = null;
      });
    },
    settled: async () => {
      await flushing;
    },
  };
}
