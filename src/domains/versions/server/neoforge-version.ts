/** What a NeoForge version is for. */
export interface NeoForgeVersion {
  /** Minecraft's version id. */
  game: string;
  /** `release`, `beta`, `alpha` … */
  channel: string;
}

/**
 * The Minecraft version is in the number: `21.1.248` is for 1.21.1, `21.0.1` for 1.21, `26.1.2.97` for 26.1.2, `26.1.0.19` for 26.1, and
 * `26.1.0.0-alpha.15+pre-3` for 26.1-pre-3. Null for what is none of these, April fools' versions among it.
 */
export function parseNeoForgeVersion(text: string): NeoForgeVersion | null {
  const match = /^(\d+)\.(\d+)\.(\d+)(\.\d+)?(?:-([a-z]+)[\d.]*)?(?:\+([a-z]+-\d+))?$/.exec(text);
  if (!match) return null;
  const [, first = "", second = "", third = "", fourth, channel = "release", leadsTo] = match;
  const numbers = fourth === undefined ? ["1", first, second] : [first, second, third];
  const game = numbers[2] === "0" ? numbers.slice(0, 2).join(".") : numbers.join(".");
  return { game: leadsTo === undefined ? game : `${game}-${leadsTo}`, channel };
}

/** The artifact under which NeoForge for 1.20.1 is: `1.20.1-47.1.106`. */
export function parseLegacyVersion(text: string): NeoForgeVersion | null {
  const [, game] = /^(1\.20\.1)-\d+\.\d+\.\d+$/.exec(text) ?? [];
  return game === undefined ? null : { game, channel: "release" };
}
