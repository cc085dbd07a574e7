import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** Tests and benchmarks run there. */
const project = process.cwd();
const kept = new Map<string, Promise<string>>();

/**
 * Bundles TypeScript of ours as the program's build does, packages left outside, into a file inside the project (where
 * those packages are found) that is removed when this process ends. The same contents are bundled once.
 */
export function bundleBeside(contents: string): Promise<string> {
  const known = kept.get(contents);
  if (known) return known;
  const outfile = join(project, ".build", "test", `${process.pid}-${randomBytes(6).toString("hex")}.mjs`);
  const building = build({
    stdin: { contents, resolveDir: join(project, "src"), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.9",
    packages: "external",
    alias: { "@": join(project, "src") },
    outfile,
    logLevel: "silent",
  }).then(() => outfile);
  process.once("exit", () => rmSync(outfile, { force: true }));
  kept.set(contents, building);
  return building;
}

export const bundleWorker = () => bundleBeside('import "@/domains/snapshots/server/engine/worker/snapshot-worker";');
export const bundleExtractor = () =>
  bundleBeside('import "@/domains/snapshots/server/engine/archive/archive-extractor";');
