/** What a snapshot is of. */
export const resourceTypes = ["file", "world", "server_full"] as const;
export type ResourceType = (typeof resourceTypes)[number];

/** Why a snapshot was taken. */
export const snapshotTypes = [
  "manual",
  "scheduled",
  "auto_save",
  "pre_update",
  "pre_restore",
  "initial",
  "imported",
] as const;
export type SnapshotType = (typeof snapshotTypes)[number];

/** Everything about a snapshot that is not its content; enough to write its database row anew. */
export interface SnapshotInfo {
  /** Letters, digits, `.`, `_`, `-`; begins with a letter or digit. The folder's name. */
  id: string;
  resourceType: ResourceType;
  /** What it is of, such as a server's id, with a world's or file's path. */
  identifier: string;
  /** 1, 2, 3 … per resource. */
  version: number;
  type: SnapshotType;
  note: string | null;
  /** The name, for people who read the manifest. */
  createdBy: string | null;
  /** ISO 8601, UTC. */
  createdAt: string;
  metadata: Record<string, unknown>;
}

export interface SnapshotTotals {
  files: number;
  folders: number;
  links: number;
  /** Sum of the files' sizes. */
  bytes: number;
}

interface EntryBase {
  /** Relative to the snapshot's root, `/` between components; see `path-bytes.ts` for names that are not UTF-8. */
  path: string;
  /** Permission bits (07777). */
  mode: number;
  /** Nanoseconds since 1970. */
  mtimeNs: bigint;
}

export interface FileEntry extends EntryBase {
  type: "file";
  size: number;
  /** SHA-256 of the content, in hex. */
  hash: string;
  /** Had holes: runs of zeros are left out when it is written again. */
  isSparse: boolean;
}

export interface FolderEntry extends EntryBase {
  type: "folder";
}

export interface LinkEntry extends EntryBase {
  type: "link";
  /** The text of the symbolic link, in the form of a path. Never followed. */
  target: string;
}

export type ManifestEntry = FileEntry | FolderEntry | LinkEntry;

export interface Manifest {
  info: SnapshotInfo;
  totals: SnapshotTotals;
  /** Of the folder itself. */
  root: { mode: number; mtimeNs: bigint };
  /** In the order of their paths; the root itself is not among them. */
  entries: ManifestEntry[];
  /** SHA-256 that the manifest ends with: over all bytes before that line. */
  checksum: string;
}
