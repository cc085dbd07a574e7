import type { VersionEntry } from "../contract";
import type { VersionRow } from "./table";

/** The row as everyone may see it. */
export function toVersionEntry(row: VersionRow): VersionEntry {
  const { type, version, build, stable, channel, javaMajor, sizeBytes, releasedAt } = row;
  return {
    type,
    version,
    build: build === "" ? null : build,
    stable,
    channel,
    javaMajor,
    sizeBytes,
    releasedAt: releasedAt?.toISOString() ?? null,
  };
}
