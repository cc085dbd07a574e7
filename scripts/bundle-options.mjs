import { at } from "./project.mjs";

/** How TypeScript of ours becomes something Node runs: one ESM file, packages left where npm put them. */
export const bundleOptions = {
  absWorkingDir: at(),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20.9",
  packages: "external",
  alias: { "@": at("src") },
  sourcemap: true,
  logLevel: "warning",
};
