import { minecraftVersionOfWeekly } from "./minecraft-version-of-weekly";

/** From oldest to newest. `release` also holds everything that leads to a numbered release: snapshots, pre-releases, candidates. */
const eras = ["rd", "c", "in", "inf", "a", "b", "release"] as const;
const phases = ["snapshot", "pre", "rc", "release"] as const;

export interface MinecraftVersion {
  /** `rd` pre-classic, `c` classic, `in` indev, `inf` infdev, `a` alpha, `b` beta. */
  era: (typeof eras)[number];
  /** Up to four numbers of the version it is or leads to: `26.1.2` → [26, 1, 2, 0], `24w14a` → [1, 20, 5, 0]. */
  numbers: readonly number[];
  phase: (typeof phases)[number];
  /** What counts within the phase: `pre-3` → [3], `24w14a` → [24, 14, 1]. */
  phaseNumbers: readonly number[];
  /** What the numbers do not say (`b1.4-1634`, `24w14potato`), lower case. */
  rest: string;
}

const numbered =
  /^(\d{1,4}(?:\.\d{1,6}){1,3})(?:[- ](snapshot|pre-?release|pre|rc|release candidate)(?:[- ]?(\d{1,6})(?:-(\d{1,6}))?)?)?$/;
const weekly = /^(\d\d)w(\d\d)([a-z]?)(\S{0,30})$/;
const old =
  /^(rd|c|inf|in|a|b)-?(\d{1,8})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?[a-z]?(?:_(\d{1,6})[a-z]?)?(?:-pre-?(\d{1,6}))?(?:-(\S{1,30}))?$/;

/**
 * Reads every form that Mojang, Paper and server logs use (`1.21.11`, `26.3-snapshot-6`, `1.20-pre7`, `24w14a`, `b1.7.3`,
 * `1.21 Release Candidate 1`); null for anything else, April fools' names among it. Never assumes that the major is 1.
 */
export function parseMinecraftVersion(text: string): MinecraftVersion | null {
  if (text.length > 64) return null;
  const lower = text.trim().toLowerCase();
  return parseNumbered(lower) ?? parseWeekly(lower) ?? parseOld(lower);
}

/**
 * Total order over all strings, oldest first: negative when `a` is older. Needs no release dates. What cannot be read
 * comes first, in the order of its characters.
 */
export function compareMinecraftVersions(a: string, b: string): number {
  const [left, right] = [orderOf(a), orderOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** 58 digits whose order, under any collation, is that of `compareMinecraftVersions` up to the unreadable rest. */
export function minecraftVersionSortKey(text: string): string {
  const version = parseMinecraftVersion(text);
  if (!version) return "0".repeat(58);
  const [era, phase] = [eras.indexOf(version.era) + 1, phases.indexOf(version.phase)];
  return `${era}${pad(version.numbers, 4)}${phase}${pad(version.phaseNumbers, 3)}`;
}

function parseNumbered(text: string): MinecraftVersion | null {
  const match = numbered.exec(text);
  if (!match?.[1]) return null;
  const word = match[2];
  const phase = !word ? "release" : word === "snapshot" || word === "rc" ? word : word.startsWith("pre") ? "pre" : "rc";
  return {
    era: "release",
    numbers: match[1].split(".").map(Number),
    phase,
    phaseNumbers: toNumbers(match[3], match[4]),
    rest: "",
  };
}

function parseWeekly(text: string): MinecraftVersion | null {
  const match = weekly.exec(text);
  if (!match) return null;
  const [year, week] = [Number(match[1]), Number(match[2])];
  const letter = match[3] ? match[3].charCodeAt(0) - 96 : 0;
  const numbers = minecraftVersionOfWeekly(year, week);
  return { era: "release", numbers, phase: "snapshot", phaseNumbers: [year, week, letter], rest: match[4] ?? "" };
}

function parseOld(text: string): MinecraftVersion | null {
  const match = old.exec(text);
  const era = eras.find((name) => name === match?.[1]);
  if (!match || !era) return null;
  const numbers = [match[2], match[3], match[4], match[5]].map((part) => Number(part ?? 0));
  return { era, numbers, phase: match[6] ? "pre" : "release", phaseNumbers: toNumbers(match[6]), rest: text };
}

function toNumbers(...parts: (string | undefined)[]): number[] {
  return parts.filter((part) => part !== undefined).map(Number);
}

function pad(numbers: readonly number[], count: number): string {
  return Array.from({ length: count }, (_, index) => String(numbers[index] ?? 0).padStart(8, "0")).join("");
}

function orderOf(text: string): string {
  return minecraftVersionSortKey(text) + (parseMinecraftVersion(text)?.rest ?? text);
}
