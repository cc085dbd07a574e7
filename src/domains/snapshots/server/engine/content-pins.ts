export interface ContentPins {
  add(hash: string): void;
  remove(hash: string): void;
  has(hash: string): boolean;
  /** From now on pins outlive their removal until the returned function is called. */
  hold(): () => void;
}

/** Counts who needs a content. While a sweep runs, whatever was pinned since its beginning counts as needed. */
export function createContentPins(): ContentPins {
  const counts = new Map<string, number>();
  const holds = new Set<Set<string>>();
  return {
    add: (hash) => {
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
      for (const held of holds) held.add(hash);
    },
    remove: (hash) => {
      const count = (counts.get(hash) ?? 0) - 1;
      if (count > 0) counts.set(hash, count);
      else counts.delete(hash);
    },
    has: (hash) => counts.has(hash) || [...holds].some((held) => held.has(hash)),
    hold: () => {
      const held = new Set(counts.keys());
      holds.add(held);
      return () => void holds.delete(held);
    },
  };
}
