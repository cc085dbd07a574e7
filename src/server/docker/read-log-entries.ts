import type { LogEntry } from "./container-engine";

const headerBytes = 8;
/** The engine cuts lines at 16 KiB; what claims to be far more is no log. */
const maxFrameBytes = 4 * 1024 * 1024;

/**
 * Takes the engine's framed log stream apart (https://docs.docker.com/reference/api/engine/ under "Stream format": one byte for the
 * stream, three of nothing, four of length, then the entry with its time in front). Yields what
 * each read has brought; ends with the stream.
 */
export async function* readLogEntries(stream: AsyncIterable<Buffer>): AsyncGenerator<LogEntry[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    const entries: LogEntry[] = [];
    while (rest.length - at >= headerBytes) {
      const length = rest.readUInt32BE(at + 4);
      if (length > maxFrameBytes) throw new Error("The container's log is not in the engine's form.");
      if (rest.length - at < headerBytes + length) break;
      const entry = toEntry(rest.subarray(at + headerBytes, at + headerBytes + length));
      if (entry) entries.push(entry);
      at += headerBytes + length;
    }
    rest = rest.subarray(at);
    if (entries.length > 0) yield entries;
  }
}

function toEntry(payload: Buffer): LogEntry | null {
  const space = payload.indexOf(0x20);
  const at = payload.subarray(0, Math.max(0, space)).toString("latin1");
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(at)) return null;
  return { at, bytes: Buffer.from(payload.subarray(space + 1)) };
}

/** What the engine takes as `since`: seconds with nanoseconds after the point. */
export function toUnixNanos(at: string): string {
  const [, seconds = "", fraction = ""] = /^(.{19})(?:\.(\d{1,9}))?Z$/.exec(at) ?? [];
  return `${Date.parse(`${seconds}Z`) / 1000}.${fraction.padEnd(9, "0")}`;
}
