import { build } from "esbuild";
import { bundleOptions } from "./bundle-options.mjs";
import { at } from "./project.mjs";

await build({ ...bundleOptions, entryPoints: [at("src", "main.ts")], outfile: at("dist", "main.js") });
