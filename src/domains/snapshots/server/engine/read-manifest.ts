import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { errorCode } from "@/server/fs/error-code";
import { type EngineContext, isSnapshotId } from "./engine-context";
import { snapshotDamaged, snapshotNotFound } from "./engine-errors";
import type { Manifest, ManifestEntry } from "./manifest";
import { decodeEntry, decodeMode, decodeTime, headSchema } from "./manifest-lines";

/**
 * Reads a manifest and checks it against its own checksum. Rejects with SNAPSHOT_NOT_FOUND or SNAPSHOT_DAMAGED.
 * `entries: "skip"` reads and checks everything but keeps the head alone.
 */
export async function readManifest(
  { places }: EngineContext,
  id: string,
  options: { entries?: "skip"; signal?: AbortSignal } = {},
): Promise<Manifest> {
  if (!isSnapshotId(id)) throw snapshotNotFound(id);
  try {
    return await parse(places.manifest(id), options);
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") throw snapshotNotFound(id);
    if (options.signal?.aborted) throw options.signal.reason;
    const reason = error instanceof Error ? error.message : String(error);
    throw snapshotDamaged("The manifest of the snapshot is damaged.", { snapshotId: id, reason });
  }
}

async function parse(path: string, options: { entries?: "skip"; signal?: AbortSignal }): Promise<Manifest> {
  const hash = createHash("sha256");
  let head: Omit<Manifest, "entries" | "checksum"> | null = null;
  const entries: ManifestEntry[] = [];
  let count = 0;
  let isEnded = false;
  let checksum: string | null = null;
  for await (const line of linesOf(path, hash, options.signal)) {
    if (checksum !== null) throw new Error("It goes on after its end.");
    if (head === null) head = decodeHead(line);
    else if (isEnded) checksum = checkEnd(line, hash);
    else if (line === "],") isEnded = true;
    else {
      count++;
      if (options.entries !== "skip") entries.push(decodeEntry(line.endsWith(",") ? line.slice(0, -1) : line));
    }
  }
  if (head === null || checksum === null) throw new Error("It is cut off.");
  const { files, folders, links } = head.totals;
  if (count !== files + folders + links) throw new Error("It has another number of entries than it says.");
  return { ...head, entries, checksum };
}

function decodeHead(line: string): Omit<Manifest, "entries" | "checksum"> {
  if (!line.endsWith(',"entries":[')) throw new Error("It does not begin as a manifest does.");
  const { format: _, formatVersion: __, totals, root, ...info } = headSchema.parse(JSON.parse(`${line}]}`));
  return { info, totals, root: { mode: decodeMode(root.mode), mtimeNs: decodeTime(root.mtime) } };
}

function checkEnd(line: string, hash: Hash): string {
  const [, checksum] = /^"sha256":"([0-9a-f]{64})"\}$/.exec(line) ?? [];
  if (checksum === undefined || hash.digest("hex") !== checksum) throw new Error("Its checksum does not fit.");
  return checksum;
}

/** Lines without their ends. The hash takes in every line but the last, which holds it. */
async function* linesOf(path: string, hash: Hash, signal?: AbortSignal): AsyncGenerator<string> {
  let rest = "";
  let before: string | null = null;
  for await (const chunk of createReadStream(path, { encoding: "utf8", highWaterMark: 256 * 1024, signal })) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (before !== null) {
        hash.update(before);
        hash.update("\n");
        yield before;
      }
      before = line;
    }
  }
  if (rest !== "") throw new Error("It is cut off.");
  if (before !== null) yield before;
}
