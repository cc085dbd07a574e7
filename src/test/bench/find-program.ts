import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

export interface BuiltProgram {
  file: string;
  /** Removes what was made for this run. */
  remove(): void;
}

/**
 * `dist/main.js` when it is as new as the sources, else a bundle of `src/main.ts` made in the same way for this run. The pages
 * must have been built before: throws one sentence when not.
 */
export async function findProgram(root: string, wanted: string | null): Promise<BuiltProgram> {
  if (!existsSync(join(root, ".next", "BUILD_ID")))
    throw new Error("The pages have not been built. Run npm run build first.");
  if (wanted !== null) return { file: wanted, remove: () => {} };
  const built = join(root, "dist", "main.js");
  if (existsSync(built) && statSync(built).mtimeMs >= newestIn(join(root, "src")))
    return { file: built, remove: () => {} };

  // One folder deep like dist/: the program looks for package.json in the folder above its own.
  const file = join(root, ".build", `bench-program-${process.pid}.js`);
  await build({
    absWorkingDir: root,
    entryPoints: ["src/main.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.9",
    packages: "external",
    alias: { "@": join(root, "src") },
    logLevel: "warning",
  });
  return { file, remove: () => rmSync(file, { force: true }) };
}

/** When a source of the program last changed; tests and pages do not count. */
function newestIn(folder: string): number {
  const paths = readdirSync(folder, { encoding: "utf8", recursive: true });
  const isSource = (path: string) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.startsWith("test/");
  return Math.max(0, ...paths.filter(isSource).map((path) => statSync(join(folder, path)).mtimeMs));
}
