import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/** Tests and benchmarks run there. */
const project = process.cwd();
const kept = new Map<string, Promise<string>>();

/**
 * Bundles TypeScript of ours as the program's build does, packages left outside, into a file inside the project, where those
 * packages are found. The file is named after what is in it: the same program is written once, by whoever comes first.
 */
export function bundleBeside(contents: string): Promise<string> {
  const building = kept.get(contents) ?? bundle(contents);
  kept.set(contents, building);
  return building;
}

export const bundleWorker = () => bundleBeside('import "@/domains/snapshots/server/engine/worker/snapshot-worker";');

export const bundleExtractor = () => bundleBeside('import "@/server/archive/archive-extractor";');

export const bundleSqliteReader = () => bundleBeside('import "@/server/sqlite/sqlite-reader";');

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: join(project, "src"), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.9",
    packages: "external",
    alias: { "@": join(project, "src") },
    write: false,
    logLevel: "silent",
  });
  const text = outputFiles[0]?.text ?? "";
  const folder = join(project, ".build", "test");
  const file = join(folder, `${createHash("sha256").update(text).digest("hex").slice(0, 24)}.mjs`);
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  const temporary = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(temporary, text);
  await rename(temporary, file);
  return file;
}
