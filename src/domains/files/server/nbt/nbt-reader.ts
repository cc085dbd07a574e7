import { parentPort, workerData } from "node:worker_threads";
import { gunzipSync, inflateSync } from "node:zlib";
import nbt from "prismarine-nbt";
import { toNbtTree } from "./to-nbt-tree";

/** Unpacked; a level.dat has some kilobytes, a large schematic a few megabytes. */
const maxBytes = 32 * 1024 * 1024;

/** A thread of its own: a hostile file may take all its memory or time, and then the thread ends. */
function read(packed: Buffer) {
  const bytes = unpack(packed);
  return toNbtTree(nbt.parseUncompressed(bytes, "big"));
}

function unpack(packed: Buffer): Buffer {
  if (packed[0] === 0x1f && packed[1] === 0x8b) return gunzipSync(packed, { maxOutputLength: maxBytes });
  if (packed[0] === 0x78) return inflateSync(packed, { maxOutputLength: maxBytes });
  return packed;
}

try {
  parentPort?.postMessage({ tree: read(Buffer.from(workerData as Uint8Array)) });
} catch {
  parentPort?.postMessage({ tree: null });
}
