import type { VersionEntry } from "../contract";

/** Versions whose number or build holds what was typed; the order stays. */
export function filterVersions(
  versions: readonly VersionEntry[],
  { search, isStableOnly }: { search: string; isStableOnly: boolean },
): VersionEntry[] {
  const wanted = search.trim().toLowerCase();
  return versions.filter(
    ({ version, build, stable }) =>
      (stable || !isStableOnly) &&
      (version.toLowerCase().includes(wanted) || (build?.toLowerCase() === wanted && wanted !== "")),
  );
}
