import type { RawLogLine } from "../../launch/server/launch-strategy";
import type { LogLine } from "../contract";
import { dateLinesBack } from "./log-line-time";
import { isRconNoise, parseLogLine } from "./parse-log-line";

/** Servers are started with TZ=UTC. */
const utc = () => 0;

const shared = new WeakMap<readonly RawLogLine[], readonly LogLine[]>();

/**
 * Lines as people see them: time, level, and without the noise of our own RCON connections. The same batch gives the same
 * frozen array, so that it is parsed and encoded once for all who watch.
 */
export function toLogLines(batch: readonly RawLogLine[], now: Date): readonly LogLine[] {
  const known = shared.get(batch);
  if (known) return known;
  const parsed = batch.map((line) => parseLogLine(line.text));
  const isLive = batch.every((line) => line.seenAt !== null);
  const times = isLive
    ? []
    : dateLinesBack(
        parsed.map((line) => line.timeOfDay),
        now,
        utc,
      );
  const lines: LogLine[] = [];
  for (const [index, { id, text, seenAt }] of batch.entries()) {
    const line = parsed[index];
    if (!line || isRconNoise(line.message)) continue;
    lines.push({ id, time: seenAt ?? times[index] ?? now.toISOString(), level: line.level, text });
  }
  const frozen = Object.freeze(lines);
  shared.set(batch, frozen);
  return frozen;
}
