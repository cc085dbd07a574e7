// interim: replaced by the log-file worker
import type { RawLogLine } from "../../launch/server/launch-strategy";
import { readLogBack } from "./read-log-back";

export interface LogHub {
  subscribe(serverId: string, from: string | null, signal: AbortSignal): AsyncIterable<{ lines: readonly RawLogLine[] } | { gap: true }>;
  onLine(serverId: string, from: string | null, listener: (line: RawLogLine) => void): () => void;
}

export function createLogHub(options: { pathOf(serverId: string): string }): LogHub {
  async function* subscribe(serverId: string, from: string | null, signal: AbortSignal, isInclusive = false) {
    let after = from === null ? -1n : BigInt(from) - (isInclusive ? 1n : 0n);
    while (!signal.aborted) {
      const lines = (await readLogBack({ path: options.pathOf(serverId), lines: 1e9 })).filter((line) => BigInt(line.id) > after);
      if (lines.length > 0) {
        after = BigInt(lines.at(-1)?.id ?? 0);
        yield { lines: Object.freeze(lines.map((line) => ({ ...line, seenAt: new Date().toISOString() }))) };
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    subscribe,
    onLine(serverId, from, listener) {
      const ended = new AbortController();
      void (async () => {
        for await (const batch of subscribe(serverId, from, ended.signal, true)) for (const line of batch.lines) listener(line);
      })();
      return () => ended.abort();
    },
  };
}
