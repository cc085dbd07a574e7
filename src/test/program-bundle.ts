import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { bundleOptions, companionFiles } from "../../scripts/bundle-options.mjs";

export const projectRoot = join(import.meta.dirname, "../..");
const target = join(projectRoot, ".build", "program");
let bundled: Promise<string> | null = null;

/** Bundles src/main.ts as the build does and gives the file's path. Needs the pages that `npm run build` makes. */
export function bundleProgramOnce(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  if (!existsSync(join(projectRoot, ".next", "BUILD_ID"))) {
    throw new Error("The pages are not built: run `npm run build` first (`npm test` does it by itself).");
  }
  const folder = join(target, "dist");
  const stage = join(folder, `stage-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const companions = companionFiles.map(({ from, name }) => ({ in: from, out: name }));
  const entryPoints = [{ in: join(projectRoot, "src/main.ts"), out: "main" }, ...companions];
  await build({ ...bundleOptions, sourcemap: false, entryPoints, outdir: stage });
  await copyFile(join(projectRoot, "package.json"), join(target, "package.json"));
  // Several test files bundle at once: each finds a whole file, whoever's it is.
  for (const name of await readdir(stage)) await rename(join(stage, name), join(folder, name));
  await rm(stage, { recursive: true });
  return join(folder, "main.js");
}
