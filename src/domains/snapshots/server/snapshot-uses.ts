import { AppError } from "@/server/errors";

/** Who works with which snapshot at the moment: what is in use is not removed, and what is being removed is not used. */
export interface SnapshotUses {
  /** Keeps it from removal until the returned function is called. Throws SNAPSHOT_NOT_FOUND while it is being removed. */
  hold(snapshotId: string): () => void;
  isHeld(snapshotId: string): boolean;
  /** The right to remove it, until the returned function is called. Throws SNAPSHOT_IN_USE while anybody holds it. */
  claim(snapshotId: string): () => void;
}

export function createSnapshotUses(): SnapshotUses {
  const holders = new Map<string, number>();
  const claimed = new Set<string>();
  return {
    hold(id) {
      if (claimed.has(id)) throw new AppError("SNAPSHOT_NOT_FOUND", "There is no such snapshot.", { snapshotId: id });
      holders.set(id, (holders.get(id) ?? 0) + 1);
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        const left = (holders.get(id) ?? 1) - 1;
        if (left === 0) holders.delete(id);
        else holders.set(id, left);
      };
    },
    isHeld: (id) => holders.has(id) || claimed.has(id),
    claim(id) {
      if (holders.has(id) || claimed.has(id))
        throw new AppError("SNAPSHOT_IN_USE", "This snapshot is in use at the moment.", { snapshotId: id });
      claimed.add(id);
      return () => void claimed.delete(id);
    },
  };
}
