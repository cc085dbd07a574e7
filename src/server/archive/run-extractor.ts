import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type ArchiveRule, isArchiveRule } from "@/lib/archive-rules";
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
/** Beside the heap: buffers, code and threads. A reader without an archive takes about 60 MB of it. */
const besideHeapMb = 256;
const watchMs = 100;
const maxReplyBytes = 1 * mb;
/** util-linux; where it is missing the watch over resident memory and the clock remain. */
const prlimit = ["/usr/bin/prlimit", "/bin/prlimit"].find((path) => existsSync(path));

/** What a reader that ends by a signal has met. */
const ruleOfSignal: Partial<Record<NodeJS.Signals, ArchiveRule>> = {
  SIGABRT: "memory",
  SIGTRAP: "memory",
  SIGILL: "memory",
  SIGXCPU: "time",
  SIGXFSZ: "fileTooLarge",
};

/**
 * Resolves with what the extractor says; one that dies, takes too much or too long counts as a refusal. It has no environment to speak of,
 * no files but the archive and its folder, and limits of its own on memory, time, descriptors and the size of a file.
 */
export function runExtractor(run: ExtractorRun): Promise<ExtractorOutcome> {
  const { extractorFile, archiveFd, folder, limits, uid, timeoutMs, signal } = run;
  const file = extractorFile instanceof URL ? fileURLToPath(extractorFile) : extractorFile;
  const heapMb = 256 + Math.ceil((limits.maxFiles * heapPerEntry) / mb);
  const task: ExtractorTask = { limits, uid };
  const command = [process.execPath, `--max-old-space-size=${heapMb}`, file, JSON.stringify(task)];
  if (prlimit)
    command.unshift(
      prlimit,
      `--data=${(heapMb + besideHeapMb) * mb}`,
      `--fsize=${limits.maxFileBytes + mb}`,
      `--cpu=${Math.ceil(timeoutMs / 1000)}`,
      "--nofile=64",
      "--core=0",
    );
  return new Promise((resolve, reject) => {
    const [program = "", ...args] = command;
    const child = spawn(program, args, {
      cwd: folder,
      env: { NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "ignore", archiveFd],
    });
    let ended: ArchiveRule | null = null;
    let last: ExtractorReply | null = null;
    let said = 0;
    const kill = (rule: ArchiveRule) => {
      ended ??= rule;
      child.kill("SIGKILL");
    };
    const timer = setTimeout(() => kill("time"), timeoutMs);
    const watch = setInterval(() => {
      void residentMb(child.pid).then((size) => size > heapMb + besideHeapMb && kill("memory"));
    }, watchMs);
    const onAbort = () => child.kill("SIGKILL");
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    const { stdout } = child;
    if (!stdout) throw new Error("the extractor has no output");
    stdout.on("data", (piece: Buffer) => {
      said += piece.length;
      if (said > maxReplyBytes) kill("crashed");
    });
    createInterface({ input: stdout }).on("line", (line) => {
      const reply = readReply(line);
      if (reply?.kind === "progress") run.onProgress?.(reply);
      else last = reply;
    });
    const clear = () => {
      clearTimeout(timer);
      clearInterval(watch);
      signal?.removeEventListener("abort", onAbort);
    };
    child.once("error", (error) => {
      clear();
      reject(error);
    });
    child.once("close", (code, endSignal) => {
      clear();
      if (signal?.aborted) return reject(signal.reason);
      resolve(outcomeOf({ ended, last: code === 0 ? last : null, endSignal }));
    });
  });
}

function outcomeOf(end: {
  ended: ArchiveRule | null;
  last: ExtractorReply | null;
  endSignal: NodeJS.Signals | null;
}): ExtractorOutcome {
  const { ended, last, endSignal } = end;
  if (ended === null && last && last.kind !== "progress") {
    if (last.kind !== "refused") return last;
    return { ...last, rule: isArchiveRule(last.rule) ? last.rule : "damaged" };
  }
  return { kind: "refused", rule: ended ?? (endSignal && ruleOfSignal[endSignal]) ?? "crashed" };
}

function readReply(line: string): ExtractorReply | null {
  try {
    return extractorReplySchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** Of a process; 0 where nothing tells. */
async function residentMb(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024;
}
