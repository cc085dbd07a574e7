import { build } from "esbuild";
import { bundleOptions, companionFiles } from "./bundle-options.mjs";
import { at } from "./project.mjs";

const companions = companionFiles.map(({ from, name }) => ({ in: from, out: name }));
const entryPoints = [{ in: at("src", "main.ts"), out: "main" }, ...companions];
await build({ ...bundleOptions, entryPoints, outdir: at("dist") });
