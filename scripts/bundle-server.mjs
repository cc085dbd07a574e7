import { build } from "esbuild";
import { bundleOptions, commandFiles, companionFiles } from "./bundle-options.mjs";
import { at } from "./project.mjs";

const others = [...companionFiles, ...commandFiles].map(({ from, name }) => ({ in: from, out: name }));
const entryPoints = [{ in: at("src", "main.ts"), out: "main" }, ...others];
await build({ ...bundleOptions, entryPoints, outdir: at("dist") });
