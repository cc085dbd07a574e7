import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** zstd's results lie outside the heap, where V8 counts them late: up to 64 MB a thread would stay. */
const portionBytes = 8 * 1024 * 1024;
let unfreed = 0;
let collect: ((options: { type: "minor" }) => void) | null = null;

/** Lets go of dead buffers after every few megabytes. Costs a fraction of a millisecond. */
export function freeBuffers(bytes: number): void {
  unfreed += bytes;
  if (unfreed < portionBytes) return;
  unfreed = 0;
  collect ??= findCollector();
  collect({ type: "minor" });
}

function findCollector(): (options: { type: "minor" }) => void {
  setFlagsFromString("--expose-gc");
  const found: unknown = runInNewContext("typeof gc === 'function' ? gc : null");
  return typeof found === "function" ? (options) => void found(options) : () => {};
}
