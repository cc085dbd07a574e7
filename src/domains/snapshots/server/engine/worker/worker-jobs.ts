/** What threads are asked, and what they answer. Everything here is copied between threads. */
export interface FileStat {
  size: number;
  mode: number;
  mtimeNs: bigint;
  ctimeNs: bigint;
  ino: bigint;
  dev: bigint;
  /** Bytes that the file occupies. */
  occupied: number;
}

export interface WalkedFile extends FileStat {
  path: string;
}

export interface WalkedTree {
  root: { mode: number; mtimeNs: bigint };
  files: WalkedFile[];
  folders: { path: string; mode: number; mtimeNs: bigint }[];
  links: { path: string; mode: number; mtimeNs: bigint; target: string }[];
  /** FIFOs, sockets and devices: named, never opened. */
  special: string[];
}

/** What reading one file came to. `stat` is the one that the content belongs to. */
export type ReadOutcome =
  | { kind: "read"; path: string; hash: string; stat: FileStat; readAtMs: number; isSteady: boolean }
  | { kind: "gone"; path: string };

export interface StoredFile {
  outcome: ReadOutcome;
  /** Bytes of the staged object. */
  stored: number;
}

export interface LoadedFile {
  outcome: ReadOutcome;
  content: Uint8Array;
}

/** A file to be written out of a stored object. */
export interface ExtractTarget {
  /** Absolute, in the form of a path (see path-bytes.ts). */
  target: string;
  hash: string;
  size: number;
  mode: number;
  mtimeNs: bigint;
  isSparse: boolean;
  owner: { uid: number; gid: number } | null;
  /** Of the content in the object's content. */
  offset: number;
}

export interface WalkRequest {
  folder: string;
  excludes: readonly string[];
  only?: readonly string[];
}

/** hash, offset in the pack's content, size */
export type PackedContent = [hash: string, offset: number, size: number];

export interface WorkerJobs {
  /** Everything below `folder` (or `only` these paths, with what is in them), by open folders, no link followed. */
  walk: { ask: WalkRequest; answer: WalkedTree };
  /** Reads one file into a new object at `staged`. */
  store: { ask: { folder: string; path: string; staged: string }; answer: StoredFile };
  /** Reads small files into memory. */
  load: { ask: { folder: string; paths: readonly string[] }; answer: LoadedFile[] };
  /** Hashes files where they lie. */
  hash: { ask: { folder: string; paths: readonly string[] }; answer: ReadOutcome[] };
  /** The contents of a pack that are not what their hashes say, with what is wrong. */
  checkPack: { ask: { object: string; contents: readonly PackedContent[] }; answer: [hash: string, problem: string][] };
  /** Length of each object's content, or what is wrong with it. Contents are not read. */
  probe: { ask: { objects: readonly string[] }; answer: (number | string)[] };
  /** The lists of packs; null for one that cannot be read. */
  list: { ask: { packs: readonly string[] }; answer: (PackedContent[] | null)[] };
  /** Writes one object, or contents of one pack, to files; every hash is checked. Without an object: empty files. */
  extract: { ask: { object: string | null; isPack: boolean; targets: readonly ExtractTarget[] }; answer: null };
  /** Null when the object's content has this hash, else what is wrong. */
  check: { ask: { object: string; hash: string }; answer: string | null };
}

export type JobKind = keyof WorkerJobs;
export type Ask<K extends JobKind> = WorkerJobs[K]["ask"];
export type Answer<K extends JobKind> = WorkerJobs[K]["answer"];

export interface JobContext {
  /** Throws when the job was cancelled. */
  checkCancelled(): void;
  /** Reports bytes done since the last report. */
  addBytes(bytes: number): void;
}

export interface JobRequest<K extends JobKind = JobKind> {
  id: number;
  kind: K;
  ask: Ask<K>;
  /** One shared number; not 0 means cancelled. */
  cancelled: Int32Array;
}

export type JobReply =
  | { id: number; type: "bytes"; bytes: number }
  | { id: number; type: "done"; answer: unknown }
  | { id: number; type: "failed"; message: string; code: string | null; isDamage: boolean };
