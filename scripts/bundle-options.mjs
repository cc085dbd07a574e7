import { join } from "node:path";
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

const snapshotEngine = at("src", "domains", "snapshots", "server", "engine");

/** Threads and child processes of the program: files of their own beside it. */
export const companionFiles = [
  { from: join(snapshotEngine, "worker", "snapshot-worker.ts"), name: "snapshot-worker" },
  { from: at("src", "server", "archive", "archive-extractor.ts"), name: "archive-extractor" },
  { from: at("src", "server", "sqlite", "sqlite-reader.ts"), name: "sqlite-reader" },
  { from: at("src", "domains", "files", "server", "nbt", "nbt-reader.ts"), name: "nbt-reader" },
];

/** For an installation without sources, such as the container image: node dist/restore-database.js */
export const commandFiles = ["restore-database", "reindex-snapshots"].map((name) => ({
  from: at("src", "commands", `${name}.ts`),
  name,
}));
