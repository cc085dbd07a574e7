import { fstatSync, readSync } from "node:fs";
import { type ArchiveFormat, detectFormat } from "./archive-format";
import { type ArchiveLimits, ArchiveRefusal, createArchiveGate } from "./archive-limits";
import { extractTar } from "./extract-tar";
import { createTreeWriter } from "./extract-tree";
import { extractZip } from "./extract-zip";

/** The archive is open as this descriptor. */
const archiveFd = 3;

export type ExtractorReply =
  | { kind: "done"; format: ArchiveFormat; files: number; folders: number; bytes: number }
  | { kind: "refused"; reason: string }
  | { kind: "failed"; code: string };

/**
 * A program of its own, because a hostile archive may crash or stall a reader: extracts descriptor 3 into its working
 * directory and says in one line of JSON how that went.
 */
async function main(limits: ArchiveLimits): Promise<ExtractorReply> {
  const start = new Uint8Array(8);
  readSync(archiveFd, start, 0, start.length, 0);
  const format = detectFormat(start);
  const gate = createArchiveGate(limits, fstatSync(archiveFd).size);
  const tree = createTreeWriter(gate);
  try {
    if (format === "zip") await extractZip(archiveFd, tree);
    else await extractTar(archiveFd, format, tree, limits);
    await tree.finish();
    return { kind: "done", format, ...gate.totals };
  } catch (error) {
    if (error instanceof ArchiveRefusal) return { kind: "refused", reason: error.message };
    const { code, message } = error as { code?: unknown; message?: unknown };
    if (code === "ENOSPC" || code === "EDQUOT") return { kind: "failed", code };
    return { kind: "refused", reason: `it is damaged or no archive (${String(message).slice(0, 200)})` };
  }
}

const reply = await main(JSON.parse(process.argv[2] ?? "") as ArchiveLimits);
process.stdout.write(`${JSON.stringify(reply)}\n`, () => process.exit(0));
