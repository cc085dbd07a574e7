import { mkdtempSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StepListener } from "@/domains/snapshots/server/engine/engine-context";
import type { SnapshotInfo } from "@/domains/snapshots/server/engine/manifest";
import { createSnapshotEngine } from "@/domains/snapshots/server/engine/snapshot-engine";
import { bundleExtractor, bundleWorker } from "./bundle-worker";
import { snapshotInfo } from "./snapshot-info";

/** An engine on a temporary folder with an empty `world` beside it. The caller closes it. */
export async function openTestEngine(options: { onStep?: StepListener; base?: string; isReopened?: boolean } = {}) {
  const base = options.base ?? mkdtempSync(join(tmpdir(), "mcsd-snapshots-"));
  const root = join(base, "snapshots");
  const world = join(base, "world");
  await mkdir(root, { recursive: true });
  // A crash may have left the folder without a world for a moment, which is for the recovery to mend.
  if (!options.isReopened) await mkdir(world, { recursive: true });
  const engine = createSnapshotEngine({
    root,
    workerFile: await bundleWorker(),
    extractorFile: await bundleExtractor(),
    onStep: options.onStep,
  });
  let versions = 0;
  return {
    base,
    root,
    world,
    engine,
    /** A snapshot of `world`. */
    take: (id: string, more: Partial<SnapshotInfo> = {}) =>
      engine.createSnapshot({ info: snapshotInfo(id, { version: ++versions, ...more }), source: { folder: world } }),
    close: async () => {
      await engine.close();
      if (options.base === undefined) rmSync(base, { recursive: true, force: true });
    },
  };
}

export type TestEngine = Awaited<ReturnType<typeof openTestEngine>>;
