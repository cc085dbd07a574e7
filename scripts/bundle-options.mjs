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

/** Threads and child processes of the program: files of their own beside it. */
export const companionFiles = [
  {
    from: at("src", "domains", "snapshots", "server", "engine", "worker", "snapshot-worker.ts"),
    name: "snapshot-worker",
  },
];
