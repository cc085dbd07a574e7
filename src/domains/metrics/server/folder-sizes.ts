import { measureFolder } from "@/server/fs/measure-folder";

/** A folder is looked at again after this, or after 100 times as long as the look took: never more than a hundredth of the time. */
const againMs = 10 * 60_000;
const shareOfTime = 100;

export interface FolderSizes {
  /** Size of the server's folder as last measured, in bytes; null before that, or when it has too many files to count. */
  of(serverId: string): number | null;
  /** Measures what is due, one folder after the other, in the background. The rest is forgotten. */
  keep(serverIds: readonly string[]): void;
}

/** Sizes of folders, measured seldom: a walk over a large world costs seconds. */
export function createFolderSizes(
  folderOf: (serverId: string) => string,
  now: () => number = () => performance.now(),
): FolderSizes {
  let known = new Map<string, { bytes: number | null; dueAt: number }>();
  let wanted: readonly string[] = [];
  let isWalking = false;

  const walk = async () => {
    isWalking = true;
    for (;;) {
      const serverId = wanted.find((id) => (known.get(id)?.dueAt ?? 0) <= now());
      if (serverId === undefined) break;
      const began = now();
      const size = await measureFolder(folderOf(serverId), { enough: Number.MAX_SAFE_INTEGER }).catch(() => null);
      const took = now() - began;
      const dueAt = now() + Math.max(againMs, took * shareOfTime);
      known.set(serverId, { bytes: size?.isComplete ? size.bytes : null, dueAt });
    }
    isWalking = false;
  };

  return {
    of: (serverId) => known.get(serverId)?.bytes ?? null,
    keep(serverIds) {
      wanted = serverIds;
      const kept = new Set(serverIds);
      known = new Map([...known].filter(([id]) => kept.has(id)));
      if (!isWalking) void walk();
    },
  };
}
