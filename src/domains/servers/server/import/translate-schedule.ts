import type { FoundSchedule, ScheduleReason } from "../../import-contract";

interface Dialect {
  /** APScheduler counts the days of the week from Monday, cron from Sunday. */
  firstDay: "sunday" | "monday";
  /** Where both a day of the month and one of the week are given: whether either is enough, as for cron. */
  days: "either" | "both";
}

const range = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] },
] as const;
const week = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/**
 * A cron expression of another program as one of ours that comes due at the same times, or null. Seconds, where there are six fields, are
 * left out: ours go by the minute.
 */
export function translateCron(expression: string, { firstDay, days }: Dialect): string | null {
  const given = expression.trim().toLowerCase().split(/\s+/);
  if (given.length === 6 && !/^[0-5]?\d$/.test(given.shift() ?? "")) return null;
  const [weekday = "", ...others] = given.reverse();
  const fields = others.reverse();
  if (fields.length !== 4) return null;
  for (const [index, field] of fields.entries()) {
    const { min, max, ...more } = range[index] ?? { min: 0, max: 0 };
    if (values(field, { min, max, names: "names" in more ? more.names : [] }) === null) return null;
  }
  const isMonday = firstDay === "monday";
  const names = isMonday ? [...week.slice(1), "sun"] : week;
  const found = values(weekday, { min: 0, max: isMonday ? 6 : 7, names });
  if (found === null) return null;
  if (weekday === "*") return [...fields, "*"].join(" ");
  // Programs differ in what they make of the two together.
  if (fields[2] !== "*" && (days === "both" || fields[2]?.startsWith("*") || weekday.startsWith("*"))) return null;
  const shifted = new Set(found.map((day) => (day + (isMonday ? 1 : 0)) % 7));
  return [...fields, [...shifted].sort().join()].join(" ");
}

/** The numbers that a field stands for; null for what not every cron understands the same way. */
function values(field: string, { min, max, names }: { min: number; max: number; names: readonly string[] }) {
  const numberOf = (text: string) => {
    const index = names.indexOf(text);
    const value = index >= 0 ? index + min : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : Number.NaN;
  };
  const found: number[] = [];
  for (const item of field.split(",")) {
    const [, every, from, to, step = "1"] = /^(?:(\*)|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:\/(\d{1,2}))?$/.exec(item) ?? [];
    const first = every ? min : numberOf(from ?? "");
    const last = every ? max : to === undefined ? first : numberOf(to);
    const by = Number(step);
    const isPlain = every || to !== undefined || !item.includes("/");
    if (!isPlain || !(first <= last) || by < 1 || by > max) return null;
    for (let value = first; value <= last; value += by) found.push(value);
  }
  return found;
}

/** Every so many seconds, counted from whenever the other program began: as an interval of whole hours, or null. */
export function translateSeconds(seconds: number): FoundSchedule["becomes"] {
  const everyHours = seconds / 3600;
  return Number.isInteger(everyHours) && everyHours >= 1 && everyHours <= 8760
    ? { kind: "interval", everyHours }
    : null;
}

/** One line of what was found. The first reason against it counts. */
export function foundSchedule(found: {
  name: string;
  when: string;
  action: string;
  against: readonly (ScheduleReason | false)[];
  becomes: FoundSchedule["becomes"];
  keep?: number | null;
}): FoundSchedule {
  const { name, when, action, becomes, keep } = found;
  const reason = found.against.find((one) => one !== false) ?? (becomes ? null : "not_exact");
  const cut = (text: string) => text.slice(0, 100);
  return {
    ...{ name: cut(name), when: cut(when), action: cut(action), reason },
    becomes: reason ? null : becomes,
    keep: !reason && keep && keep >= 1 && keep <= 1000 && Number.isInteger(keep) ? keep : null,
  };
}

export const asCron = (expression: string | null): FoundSchedule["becomes"] =>
  expression === null || expression.length < 9 || expression.length > 100 ? null : { kind: "cron", expression };
