import type { ExtractTarget, ReadOutcome, WalkedFile } from "./worker/worker-jobs";

export interface ContentRef {
  hash: string;
  size: number;
}

export interface ContentDamage {
  hash: string;
  /** A few words: "is missing", "has other content than it had". */
  problem: string;
}

export interface StoreOptions {
  signal?: AbortSignal;
  onBytes?(bytes: number): void;
}

/**
 * Where contents lie, each distinct one once, known by the SHA-256 of its bytes. How they are compressed, packed and
 * named is the store's own matter. Contents never change; they are added by a session and removed by a sweep.
 */
export interface ObjectStore {
  /** True for what is stored and visible. The answer holds until the next sweep, and longer for what is pinned. */
  has(hash: string): boolean;
  /** Reads what is there; call before `has`. Cheap when it was called before. */
  load(): Promise<void>;
  /** Keeps contents from every sweep, also one that runs already, until the returned function is called. */
  pin(hashes: Iterable<string>): () => void;
  openSession(): Promise<StoreSession>;
  /**
   * Finds contents that are missing or have not their length, without reading them. What this and `verify` find damaged
   * is written anew by the next session that meets the content.
   */
  probe(contents: Iterable<ContentRef>, options?: StoreOptions): Promise<ContentDamage[]>;
  /** Reads contents whole and compares their hashes. */
  verify(contents: Iterable<ContentRef>, options?: StoreOptions): Promise<ContentDamage[]>;
  /** Writes contents to new files, verified. Rejects with SNAPSHOT_DAMAGED at the first content that is not what it was. */
  extract(targets: readonly ExtractTarget[], options?: StoreOptions): Promise<void>;
  /**
   * One content in pieces, whole or from `start` up to `end` (excluded). The hash of a whole content is checked before the
   * last piece is given out; rejects with SNAPSHOT_DAMAGED.
   */
  read(content: ContentRef, range?: { start: number; end: number }): AsyncGenerator<Buffer>;
  /**
   * Removes every content that is neither pinned nor in what `mark` resolves to. `mark` runs after the store has begun to
   * remember pins, so that nothing that becomes needed meanwhile is lost.
   */
  sweep(mark: () => Promise<ReadonlySet<string>>, signal?: AbortSignal): Promise<SweepResult>;
}

export interface SweepResult {
  removedObjects: number;
  freedBytes: number;
  keptObjects: number;
  keptBytes: number;
}

/** Contents on their way into the store. What a session has used is pinned until `close`. */
export interface StoreSession {
  /** True for what is stored or was put by this session; pins it. */
  claim(hash: string): boolean;
  /** Reads files below `folder`, following no links, and keeps each content that is new. */
  put(folder: string, files: readonly WalkedFile[], options: PutOptions): Promise<void>;
  /** When it resolves, everything put so far is visible in the store and survives a power cut. */
  publish(): Promise<void>;
  /** Bytes that this session has added to the store. */
  readonly addedBytes: number;
  /** Drops what was not published, and the pins. Always call it. */
  close(): Promise<void>;
}

export interface PutOptions extends StoreOptions {
  onFile(outcome: ReadOutcome): void;
}
