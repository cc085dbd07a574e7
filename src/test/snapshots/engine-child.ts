import { createSnapshotEngine, type SnapshotEngine } from "@/domains/snapshots/server/engine/snapshot-engine";
import { snapshotInfo } from "./snapshot-info";

/** What a process of its own does, to be killed in the middle of it. */
export interface ChildTask {
  root: string;
  workerFile: string;
  /** Ends itself with SIGKILL right before this step, counted from 1; null: runs to its end. */
  killAt: number | null;
  work:
    | { kind: "snapshot"; id: string; folder: string; isTwoPass?: boolean }
    | { kind: "restore"; id: string; target: string }
    | { kind: "swap"; live: string; fresh: string; old: string }
    | { kind: "delete"; id: string }
    | { kind: "collect" };
}

/** Prints one line: how many steps it took. Exits 3 and prints the code of what went wrong. */
async function main(task: ChildTask): Promise<void> {
  let steps = 0;
  const engine = createSnapshotEngine({
    root: task.root,
    workerFile: task.workerFile,
    extractorFile: task.workerFile,
    onStep: () => {
      steps++;
      if (steps === task.killAt) process.kill(process.pid, "SIGKILL");
    },
  });
  process.stdout.write("ready\n");
  try {
    await run(engine, task.work);
    process.stdout.write(`${steps}\n`);
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    process.stdout.write(`${String(code ?? message)}\n`);
    process.exitCode = 3;
  }
  await engine.close();
}

async function run(engine: SnapshotEngine, work: ChildTask["work"]): Promise<unknown> {
  switch (work.kind) {
    case "snapshot":
      return engine.createSnapshot({
        info: snapshotInfo(work.id),
        source: { folder: work.folder },
        whileStill: work.isTwoPass ? async (capture) => void (await capture()) : undefined,
      });
    case "restore":
      return engine.restoreSnapshot(work);
    case "swap":
      return engine.swapFolders(work);
    case "delete":
      return engine.deleteSnapshot(work.id);
    case "collect":
      return engine.collect();
  }
}

await main(JSON.parse(process.argv[2] ?? "") as ChildTask);
