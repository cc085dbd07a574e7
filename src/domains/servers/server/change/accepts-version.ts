import { compareMinecraftVersions, parseMinecraftVersion } from "@/lib/minecraft-version";

type Order = (version: string) => number;

/**
 * Whether a mod's range of Minecraft versions holds this one; null for a range that cannot be read. Fabric's form:
 * `>=1.21 <1.22`, `~1.21.1`, `1.20.x`, several of which one has to fit. https://wiki.fabricmc.net/documentation:fabric_mod_json_spec
 */
export function acceptsByPredicates(ranges: readonly string[], version: string): boolean | null {
  const answers = ranges.flatMap((range) => range.split("||")).map((range) => matchesAll(range.trim(), version));
  if (answers.includes(true)) return true;
  return answers.includes(null) || answers.length === 0 ? null : false;
}

/** The same for Forge's and NeoForge's form, which is Maven's: `[1.21,1.22)`, `[1.20.1]`, `[1.21,)`. A bare version asks for nothing. */
export function acceptsByIntervals(range: string, version: string): boolean | null {
  const intervals = range.match(/[[(][^\])]*[\])]/g);
  if (!intervals) return range.trim() === "" || parseMinecraftVersion(range) ? true : null;
  const answers = intervals.map((interval) => within(interval, version));
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

function matchesAll(range: string, version: string): boolean | null {
  if (range === "*" || range === "") return true;
  const answers = range.split(/\s+/).map((term) => matches(term, version));
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

function matches(term: string, version: string): boolean | null {
  const [, operator = "", text = ""] = /^(>=|<=|>|<|=|~|\^)?(.+)$/.exec(term) ?? [];
  // `1.21-` stands for 1.21 and all that leads to it.
  const bare = text.replace(/-$/, "");
  const wildcard = /^(\d+(?:\.\d+)*)\.[xX*]$/.exec(bare)?.[1];
  if (wildcard) return `${version}.`.startsWith(`${wildcard}.`);
  if (!parseMinecraftVersion(bare)) return null;
  const order: Order = (other) => compareMinecraftVersions(version, other);
  const [first, second] = bare.split(".");
  switch (operator) {
    case ">=":
      return order(bare) >= 0 || (text.endsWith("-") && `${version}-`.startsWith(`${bare}-`));
    case "<=":
      return order(bare) <= 0;
    case ">":
      return order(bare) > 0;
    case "<":
      return order(bare) < 0;
    case "~":
      return order(bare) >= 0 && `${version}.`.startsWith(`${first}.${second}.`);
    case "^":
      return order(bare) >= 0 && version.startsWith(`${first}.`);
    default:
      return order(bare) === 0;
  }
}

function within(interval: string, version: string): boolean | null {
  const [low = "", high] = interval
    .slice(1, -1)
    .split(",")
    .map((bound) => bound.trim());
  const order: Order = (other) => compareMinecraftVersions(version, other);
  if ([low, high ?? ""].some((bound) => bound !== "" && !parseMinecraftVersion(bound))) return null;
  if (high === undefined) return order(low) === 0;
  const isAbove = low === "" || (interval.startsWith("[") ? order(low) >= 0 : order(low) > 0);
  const isBelow = high === "" || (interval.endsWith("]") ? order(high) <= 0 : order(high) < 0);
  return isAbove && isBelow;
}
