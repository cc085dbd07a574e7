import { join } from "node:path";
import { build } from "esbuild";

const sources = join(import.meta.dirname, "..");

/**
 * Bundles a small TypeScript program (with `@/` imports, packages included) into one ESM file that plain `node` runs from
 * anywhere: for tests that need a second process, another user, or a process that may crash. A package named `external` is
 * found only from a place inside the project, such as `.build/test`.
 */
export async function bundleProgram(
  source: string,
  outfile: string,
  options: { external?: string[] } = {},
): Promise<string> {
  await build({
    stdin: { contents: source, resolveDir: sources, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    alias: { "@": sources },
    outfile,
    external: options.external,
    logLevel: "silent",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
  return outfile;
}
