import { fstatSync, readSync, writeSync } from "node:fs";
import { takeRights } from "@/server/confined/take-rights";
import { detectFormat } from "./archive-format";
import { ArchiveRefusal, createArchiveGate } from "./archive-limits";
import { loadTar } from "./extract-tar";
import { createTreeWriter } from "./extract-tree";
import { loadZip } from "./extract-zip";
import type { ExtractorReply, ExtractorTask } from "./extractor-talk";

/** The archive is open as this descriptor. */
const archiveFd = 3;
const progressMs = 250;

/**
 * A program of its own, because a hostile archive may crash or stall a reader: extracts descriptor 3 into its working
 * directory and says in one line of JSON how that went. What its format needs is loaded before it gives up its rights; then it needs to reach
 * nothing else.
 */
async function main({ limits, uid }: ExtractorTask): Promise<ExtractorReply> {
  const start = new Uint8Array(512);
  readSync(archiveFd, start, 0, start.length, 0);
  const format = detectFormat(start);
  if (format === null) return { kind: "refused", rule: "notAnArchive" };
  const extract = await (format === "zip" ? loadZip() : loadTar(format));
  if (uid !== null) takeRights(uid);
  const gate = createArchiveGate(limits, fstatSync(archiveFd).size);
  const tree = createTreeWriter(gate);
  const { totals } = gate;
  const timer = setInterval(
    () => say({ kind: "progress", bytes: totals.bytes, entries: totals.files + totals.folders }),
    progressMs,
  );
  try {
    await extract(archiveFd, tree, limits);
    tree.finish();
    return { kind: "done", format, ...totals };
  } catch (error) {
    if (error instanceof ArchiveRefusal) return { kind: "refused", rule: error.rule, entry: error.entry };
    const { code, message } = error as { code?: unknown; message?: unknown };
    if (code === "ENOSPC" || code === "EDQUOT") return { kind: "failed", code };
    const isMemory = code === "ENOMEM" || /allocation failed|out of memory/i.test(String(message));
    return { kind: "refused", rule: isMemory ? "memory" : "damaged" };
  } finally {
    clearInterval(timer);
  }
}

function say(reply: ExtractorReply): void {
  writeSync(1, `${JSON.stringify(reply)}\n`);
}

say(await main(JSON.parse(process.argv[2] ?? "") as ExtractorTask));
process.exit(0);
