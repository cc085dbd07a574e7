import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { at, fail, loadDotEnv, refuseOldNode } from "./project.mjs";

// usage: node scripts/run-ts.mjs <file.ts> [arguments]
const [, , entry, ...rest] = process.argv;
if (!entry) fail("name a TypeScript file to run: node scripts/run-ts.mjs scripts/create-server.ts");
refuseOldNode();
loadDotEnv();
await ensureInstalled();
const { build } = await import("esbuild");
const { bundleOptions } = await import("./bundle-options.mjs");
const outfile = at(".build", "run", `${basename(entry).replace(/\.tsx?$/, "")}-${process.pid}.mjs`);
const { rmSync } = await import("node:fs");
process.once("exit", () => {
  for (const file of [outfile, `${outfile}.map`]) rmSync(file, { force: true });
});
await build({ ...bundleOptions, entryPoints: [resolve(entry)], outfile }).catch(() => process.exit(1));
process.argv = [process.execPath, outfile, ...rest];
await import(pathToFileURL(outfile).href);
