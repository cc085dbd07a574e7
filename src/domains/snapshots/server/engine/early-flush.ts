import { syncFilesystem } from "@/server/fs/sync-filesystem";

/**
 * After so much the disk begins to take what was written, while the writing goes on. Each flush holds up new files until the file system's
 * journal is written: seldom enough to pay for itself.
 */
const portionBytes = 384 * 1024 * 1024;

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
