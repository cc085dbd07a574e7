import { readFileSync, writeFileSync } from "node:fs";
import { createSnapshotEngine, type SnapshotEngine } from "@/domains/snapshots/server/engine/snapshot-engine";
import { snapshotInfo } from "../snapshots/snapshot-info";
import { answerQuestions } from "./role";

export type EngineQuestion =
  | { kind: "open"; root: string; workerFile: string }
  | { kind: "snapshot"; id: string; folder: string }
  /** Saving is off only while the second of two passes reads; `touch` are written anew right before it. */
  | { kind: "two passes"; id: string; folder: string; touch: string[] }
  | { kind: "restore"; id: string; target: string };

export interface EngineAnswer {
  ms: number;
  addedBytes: number;
  /** Of the second pass alone. */
  stillMs: number;
  /** Highest resident size above that before the work, in MiB. */
  memoryMb: number;
}

/** The engine in a process of its own, so that nothing else counts towards its memory. */
export function runSnapshotEngine(): void {
  let engine: SnapshotEngine | null = null;
  answerQuestions(async (question: EngineQuestion): Promise<EngineAnswer> => {
    if (question.kind === "open") {
      await engine?.close();
      engine = createSnapshotEngine({ ...question, extractorFile: question.workerFile });
      return { ms: 0, addedBytes: 0, stillMs: 0, memoryMb: 0 };
    }
    if (engine === null) throw new Error("The engine was not opened.");
    const before = startMemory();
    const startedAt = performance.now();
    const { addedBytes, stillMs } = await run(engine, question);
    return { ms: performance.now() - startedAt, addedBytes, stillMs, memoryMb: readMemoryMb("VmHWM") - before };
  });
}

async function run(engine: SnapshotEngine, question: Exclude<EngineQuestion, { kind: "open" }>) {
  if (question.kind === "restore") {
    await engine.restoreSnapshot(question);
    return { addedBytes: 0, stillMs: 0 };
  }
  let stillMs = 0;
  const { addedBytes } = await engine.createSnapshot({
    info: snapshotInfo(question.id),
    source: { folder: question.folder },
    whileStill:
      question.kind === "snapshot"
        ? undefined
        : async (capture) => {
            for (const path of question.touch) writeFileSync(path, readFileSync(path).reverse());
            const startedAt = performance.now();
            await capture();
            stillMs = performance.now() - startedAt;
          },
  });
  return { addedBytes, stillMs };
}

/** Forgets the highest size so far (proc(5), clear_refs); returns the size now. */
function startMemory(): number {
  writeFileSync("/proc/self/clear_refs", "5");
  return readMemoryMb("VmRSS");
}

function readMemoryMb(field: "VmRSS" | "VmHWM"): number {
  const text = readFileSync("/proc/self/status", "latin1");
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(text)?.[1]) / 1024;
}
