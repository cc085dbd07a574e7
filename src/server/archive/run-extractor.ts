import { type ArchiveRule, isArchiveRule } from "@/lib/archive-rules";
import { type ConfinedEnd, runConfined } from "@/server/confined/run-confined";
import type { ArchiveLimits } from "./archive-limits";
import { type ExtractorReply, type ExtractorTask, extractorReplySchema } from "./extractor-talk";

export interface ExtractorRun {
  /** The bundled `archive-extractor.ts`. */
  extractorFile: string | URL;
  archiveFd: number;
  /** New and empty; belongs to `uid`. */
  folder: string;
  limits: ArchiveLimits;
  uid: number | null;
  timeoutMs: number;
  signal?: AbortSignal;
  onProgress?(done: { bytes: number; entries: number }): void;
}

export type ExtractorOutcome =
  | Exclude<ExtractorReply, { kind: "progress" } | { kind: "refused" }>
  | { kind: "refused"; rule: ArchiveRule; entry?: string };

const mb = 1024 * 1024;
/** Bytes. The ZIP reader keeps each entry until the end, to tell which ones overlap: measured 8.4 kB. */
const heapPerEntry = 10_000;

/** What a reader that ends by a signal has met. */
const ruleOfSignal: Partial<Record<NodeJS.Signals, ArchiveRule>> = {
  SIGABRT: "memory",
  SIGTRAP: "memory",
  SIGILL: "memory",
  SIGXCPU: "time",
  SIGXFSZ: "fileTooLarge",
};

/** Resolves with what the extractor says; one that dies, takes too much or too long counts as a refusal. */
export async function runExtractor(run: ExtractorRun): Promise<ExtractorOutcome> {
  const { limits, uid, timeoutMs, signal } = run;
  let last: ExtractorReply | null = null;
  const end = await runConfined({
    program: run.extractorFile,
    task: { limits, uid } satisfies ExtractorTask,
    inputs: [run.archiveFd],
    folder: run.folder,
    heapMb: 256 + Math.ceil((limits.maxFiles * heapPerEntry) / mb),
    maxFileBytes: limits.maxFileBytes + mb,
    timeoutMs,
    signal,
    onLine: (line) => {
      const reply = readReply(line);
      if (reply?.kind === "progress") run.onProgress?.(reply);
      else last = reply;
    },
  });
  return outcomeOf(end, end.code === 0 ? last : null);
}

function outcomeOf({ ended, signal }: ConfinedEnd, last: ExtractorReply | null): ExtractorOutcome {
  if (ended === null && last && last.kind !== "progress") {
    if (last.kind !== "refused") return last;
    return { ...last, rule: isArchiveRule(last.rule) ? last.rule : "damaged" };
  }
  const rule = ended === "talk" ? "crashed" : ended;
  return { kind: "refused", rule: rule ?? (signal && ruleOfSignal[signal]) ?? "crashed" };
}

function readReply(line: string): ExtractorReply | null {
  try {
    return extractorReplySchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
