import type { ServerType, VersionForm } from "../contract";

/** One thing to download, as its upstream describes it. */
export interface SourceVersion {
  version: string;
  /** Empty where the type has no builds. */
  build: string;
  channel: string;
  stable: boolean;
  javaMajor: number;
  url: string;
  form: VersionForm;
  /** Null where the upstream publishes none. */
  checksumAlgorithm: "sha1" | "sha256" | "md5" | null;
  checksum: string | null;
  /** Null where the upstream does not tell it. */
  sizeBytes: number | null;
  releasedAt: Date | null;
  sortKey: string;
}

/** What is remembered of the last look, so that only what is new or changed is fetched. */
export interface KnownVersions {
  etag: string | null;
  tags: Readonly<Record<string, string>>;
}

export interface SourceBatch {
  entries: SourceVersion[];
  /** For every version that was read to its end, whether or not it gave an entry. */
  tags: Record<string, string>;
  /** Versions that could not be read; the others are good. */
  problems: unknown[];
}

export interface SourceListing {
  etag: string | null;
  /** True when upstream has this now. What it no longer has is removed from the cache. */
  lists(version: string, build: string): boolean;
  /** Details of what is not known yet, most wanted first. Each batch can be saved on its own. */
  batches(): AsyncIterable<SourceBatch>;
}

/** An upstream that publishes server jars. */
export interface VersionSource {
  readonly type: ServerType;
  /** Hosts that its downloads come from. */
  readonly downloadHosts: readonly string[];
  /** Throws an AppError when the upstream cannot be read or is not to be believed, or the signal's reason. */
  list(known: KnownVersions, signal: AbortSignal): Promise<SourceListing | "unchanged">;
}
