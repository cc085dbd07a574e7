import type { VersionEntry } from "@/domains/versions/contract";

/** Versions in which every word of the search occurs, in the given order; those that begin with it come first. */
export function matchVersions(versions: readonly VersionEntry[], search: string): VersionEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return [...versions];
  const found = versions.filter((entry) => {
    const text = `${entry.version} ${entry.build ?? ""} ${entry.channel}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = (entry: VersionEntry) => entry.version.toLowerCase().startsWith(first);
  return [...found.filter(begins), ...found.filter((entry) => !begins(entry))];
}
