import { build } from "esbuild";
import { bundleOptions, companionFiles } from "./bundle-options.mjs";
import { at } from "./project.mjs";

const companions = companionFiles.map(({ from, name }) => ({ in: from, out: name }));
// For an installation without sources, such as the container image: node dist/restore-database.js
const commands = ["restore-database", "reindex-snapshots"].map((out) => ({
  in: at("src", "commands", `${out}.ts`),
  out,
}));
const entryPoints = [{ in: at("src", "main.ts"), out: "main" }, ...companions, ...commands];
await build({ ...bundleOptions, entryPoints, outdir: at("dist") });
