import type { RawLogLine } from "../../launch/server/launch-strategy";
import type { LogLine } from "../contract";
import { createLineClock } from "./log-line-time";
import { isRconNoise, parseLogLine } from "./parse-log-line";

const shared = new WeakMap<readonly RawLogLine[], readonly LogLine[]>();

/**
 * Lines as people see them: time, level, and without the noise of our own RCON connections. The same batch gives the same
 * frozen array, so that it is parsed and encoded once for all who watch.
 */
export function toLogLines(batch: readonly RawLogLine[], now: Date): readonly LogLine[] {
  const known = shared.get(batch);
  if (known) return known;
  const clock = createLineClock(now);
  const lines: LogLine[] = [];
  for (const { id, text, seenAt } of batch) {
    const { level, timeOfDay, message } = parseLogLine(text);
    const time = seenAt ?? clock(timeOfDay);
    if (!isRconNoise(message)) lines.push({ id, time, level, text });
  }
  const frozen = Object.freeze(lines);
  shared.set(batch, frozen);
  return frozen;
}
