// interim: replaced by the log-file worker
import { readFile } from "node:fs/promises";
import type { RawLogLine } from "../../launch/server/launch-strategy";

export async function readLogBack(options: { path: string; before?: string; lines: number }): Promise<RawLogLine[]> {
  const bytes = await readFile(options.path).catch(() => Buffer.alloc(0));
  const found: RawLogLine[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10, start); end !== -1; end = bytes.indexOf(10, start)) {
    found.push({ id: String(start), text: bytes.toString("utf8", start, end), seenAt: null });
    start = end + 1;
  }
  const limit = options.before === undefined ? null : BigInt(options.before);
  return found.filter((line) => limit === null || BigInt(line.id) < limit).slice(-options.lines);
}
