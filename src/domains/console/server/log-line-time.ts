const dayMs = 86_400_000;
/** Threads write out of order and summer time ends: a step back of less than this is one, a longer one is midnight. */
const jitterMs = 3_600_000;

type ZoneOffset = (at: number) => number;

/**
 * The instant of the next line, ISO 8601 in UTC. A line without a time of its own takes the previous line's. `seenAt`, when
 * the line was seen arriving, settles the day after a silence of more than a day.
 */
export type LineClock = (timeOfDay: string | null, seenAt?: string | null) => string;

/**
 * Dates successive lines that carry only a time of day: the first is put at or before `reference` (at most an hour after),
 * every other one after the line before it, over midnight if need be. For lines that end at a known moment, such as the
 * tail of a file, `dateLinesBack` is the better one.
 * @param offsetMs the server's zone: ms to add to UTC at an instant. Default: the zone of this process, which is a JVM's too.
 */
export function createLineClock(reference: Date, offsetMs: ZoneOffset = localOffsetMs): LineClock {
  let last = reference.getTime();
  let isFirst = true;

  return (timeOfDay, seenAt) => {
    const msOfDay = parseTimeOfDay(timeOfDay);
    const seen = seenAt ? Date.parse(seenAt) : Number.NaN;
    if (msOfDay === null) {
      if (isFirst && !Number.isNaN(seen)) last = seen;
    } else if (!Number.isNaN(seen) || isFirst) {
      last = notAfter(msOfDay, Number.isNaN(seen) ? last : seen, offsetMs);
      isFirst = false;
    } else {
      last = instantsAround(msOfDay, last, offsetMs).find((at) => at >= last - jitterMs) ?? last;
    }
    return new Date(last).toISOString();
  };
}

/**
 * Dates lines of which only the end is known: the last was written at `end` or before it. In the order given; a line
 * without a time takes the previous line's.
 */
export function dateLinesBack(
  timesOfDay: readonly (string | null)[],
  end: Date,
  offsetMs: ZoneOffset = localOffsetMs,
): string[] {
  const instants: (number | null)[] = [];
  let next = end.getTime();
  for (const timeOfDay of timesOfDay.toReversed()) {
    const msOfDay = parseTimeOfDay(timeOfDay);
    if (msOfDay !== null) next = notAfter(msOfDay, next, offsetMs);
    instants.push(msOfDay === null ? null : next);
  }
  let previous = instants.findLast((at) => at !== null) ?? end.getTime();
  return instants.reverse().map((at) => {
    previous = at ?? previous;
    return new Date(previous).toISOString();
  });
}

/** The latest instant of that local time that is not after `limit`, but for the jitter. */
function notAfter(msOfDay: number, limit: number, offsetMs: ZoneOffset): number {
  return instantsAround(msOfDay, limit, offsetMs).findLast((at) => at <= limit + jitterMs) ?? limit;
}

/** The instants of that local time on the day before, on and after the day of `near`, ascending. */
function instantsAround(msOfDay: number, near: number, offsetMs: ZoneOffset): number[] {
  const localDay = Math.floor((near + offsetMs(near)) / dayMs) * dayMs;
  return [-dayMs, 0, dayMs].map((shift) => {
    const local = localDay + shift + msOfDay;
    return local - offsetMs(local - offsetMs(local));
  });
}

function parseTimeOfDay(timeOfDay: string | null): number | null {
  const match = timeOfDay === null ? null : /^(\d\d):(\d\d):(\d\d)$/.exec(timeOfDay);
  if (match === null) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return hours < 24 && minutes < 60 && seconds < 61 ? ((hours * 60 + minutes) * 60 + seconds) * 1000 : null;
}

function localOffsetMs(at: number): number {
  return -new Date(at).getTimezoneOffset() * 60_000;
}
