/**
 * Tells when more comes than runs off: `pour` answers false once what was poured in, less `perMs` for each millisecond since, is more than
 * `capacity`.
 */
export function createLeakyBucket({ capacity, perMs }: { capacity: number; perMs: number }) {
  let level = 0;
  let last = 0;
  return {
    pour(amount: number, nowMs: number): boolean {
      level = Math.max(0, level - Math.max(0, nowMs - last) * perMs) + amount;
      last = nowMs;
      return level <= capacity;
    },
  };
}
