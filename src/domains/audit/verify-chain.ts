import type { z } from "zod";
import { exportedEntrySchema } from "./contract";

type ExportedEntry = z.infer<typeof exportedEntrySchema>;

/** A place of the chain, as the export's headers and a person's notes name it. */
export interface ChainPlace {
  seq: number;
  hash: string;
}

export interface ChainFault {
  /** The first row that is not what it was. */
  seq: number;
  /** For people. */
  sentence: string;
}

export interface ChainVerifier {
  /** The next line of the export, parsed. Returns the fault that it shows; nothing may be added after one. */
  add(line: unknown): ChainFault | null;
  /** After the last line: whether the chain begins and ends where it should. */
  finish(expected: { head?: ChainPlace; noted?: ChainPlace }): ChainFault | null;
  last(): ChainPlace;
}

export const beforeFirst: ChainPlace = { seq: 0, hash: "0".repeat(64) };

/**
 * Recomputes the chain from an export without filters, knowing nothing but SHA-256 (hex, of UTF-8). A chain whose beginning was
 * pruned hangs on the last `audit.prune` row, which names the place up to which rows were removed.
 */
export function createChainVerifier(sha256: (text: string) => string): ChainVerifier {
  let first: ExportedEntry | null = null;
  let last = beforeFirst;
  let anchor: ChainPlace | null = null;
  const kept = new Map<number, string>();

  const check = (entry: ExportedEntry): ChainFault | null => {
    const { seq, canonical, hash } = entry;
    if (first && seq !== last.seq + 1) return fault(last.seq + 1, seq > last.seq ? "is missing" : "is out of place");
    const isHanging = !first && seq > 1;
    if (!isHanging && sha256(last.hash + canonical) !== hash)
      return fault(seq, "does not have the hash that its content and the row before give");
    return describesSameRow(entry) ? null : fault(seq, "says something else than what was hashed when it was written");
  };

  return {
    add(line) {
      const { data: entry } = exportedEntrySchema.safeParse(line);
      if (!entry) return fault(last.seq + 1, "is not a row of an audit export");
      const found = check(entry);
      if (found) return found;
      first ??= entry;
      last = { seq: entry.seq, hash: entry.hash };
      kept.set(entry.seq, entry.hash);
      if (entry.action === "audit.prune") anchor = prunedTo(entry.details) ?? anchor;
      return null;
    },
    finish({ head, noted }) {
      if (first && first.seq > 1) {
        const before = first.seq - 1;
        if (anchor?.seq !== before) return fault(before, "and all before it are gone, and no audit.prune row says so");
        if (sha256(anchor.hash + first.canonical) !== first.hash)
          return fault(first.seq, "does not follow the rows that the last audit.prune row names");
      }
      if (head && head.seq > last.seq) return fault(last.seq + 1, `is missing: the chain goes on to row ${head.seq}`);
      if (head && (head.seq !== last.seq || head.hash !== last.hash))
        return fault(last.seq, "is not where the log says that its chain ends");
      const now = noted && (noted.seq === anchor?.seq ? anchor.hash : kept.get(noted.seq));
      if (noted && now === undefined && noted.seq > last.seq)
        return fault(last.seq + 1, `is missing: row ${noted.seq} was noted down once`);
      if (noted && now !== undefined && now !== noted.hash)
        return fault(noted.seq, "has another hash than the one that was noted down");
      return null;
    },
    last: () => last,
  };
}

function fault(seq: number, what: string): ChainFault {
  return { seq, sentence: `Row ${seq} ${what}.` };
}

function prunedTo({ upToSeq: seq, upToHash: hash }: Record<string, unknown>): ChainPlace | null {
  return typeof seq === "number" && typeof hash === "string" ? { seq, hash } : null;
}

/** Whether the row's fields are those of the array that was hashed. Its first member is the row's own id. */
function describesSameRow(entry: ExportedEntry): boolean {
  const { at, actorKind, actorId, actorName, address, action, targetKind, targetId, result, details } = entry;
  const fields = [at, actorKind, actorId, actorName, address, action, targetKind, targetId, result, details];
  try {
    const [, ...hashed] = JSON.parse(entry.canonical) as unknown[];
    return stable(hashed) === stable(fields);
  } catch {
    return false;
  }
}

/** JSON with the members of objects in one order. */
function stable(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
