import { compareMinecraftVersions, parseMinecraftVersion } from "@/lib/minecraft-version";

/** First release of each line and the Java that Mojang runs it with. Source: Mojang's version files; below 1.7.10 our own rule. */
const matrix: readonly (readonly [since: string, javaMajor: number])[] = [
  ["26.1", 25],
  ["1.20.5", 21],
  ["1.18", 17],
  ["1.17", 16],
  ["1.7.10", 8],
];
const oldest = 7;
const newest = 25;

/**
 * The Java major that a Minecraft version needs. What the version's own metadata says (`known`) wins; else the table, where a
 * snapshot counts as the release it leads to, and a text that is no version as the newest.
 */
export function requiredJava(version: string, known?: number | null): number {
  if (known) return known;
  const parsed = parseMinecraftVersion(version);
  if (!parsed) return newest;
  if (parsed.era !== "release") return oldest;
  const release = parsed.numbers.join(".");
  return matrix.find(([since]) => compareMinecraftVersions(release, since) >= 0)?.[1] ?? oldest;
}
