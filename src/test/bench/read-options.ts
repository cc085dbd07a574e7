import { resolve } from "node:path";
import { parseArgs } from "node:util";

export const sectionNames = [
  "list",
  "start",
  "console",
  "lines",
  "fan-out",
  "shim",
  "cold",
  "memory",
  "snapshots",
  "archives",
  "files",
  "manager",
] as const;
export type SectionName = (typeof sectionNames)[number];

export interface BenchOptions {
  /** In the order in which they are run. */
  sections: readonly SectionName[];
  jsonPath: string | null;
  /** Entry file of the program under test, or null: the built one. */
  program: string | null;
  /** Flags for the Node that runs it, such as `--cpu-prof`. */
  nodeFlags: readonly string[];
  /** Rounds of each measurement, or null: as many as the section is used to. */
  rounds: number | null;
}

export const usage = `usage: npm run bench -- [section …] [--json PATH] [--program FILE] [--node-flag=FLAG …] [--rounds N]
sections: ${sectionNames.join(", ")} (left out: all)
  --json PATH        writes the figures there as well
  --program FILE     what to run instead of dist/main.js, for example scripts/start.mjs
  --node-flag=FLAG   a flag for the Node that runs the program; may be given several times`;

/** Throws one sentence and the usage when the arguments are not understood. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: "string" },
      program: { type: "string" },
      "node-flag": { type: "string", multiple: true },
      rounds: { type: "string" },
    },
  });
  const unknown = positionals.find((name) => !(sectionNames as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`There is no section ${unknown}.\n${usage}`);
  const rounds = values.rounds === undefined ? null : Number(values.rounds);
  if (rounds !== null && !(Number.isInteger(rounds) && rounds > 0))
    throw new Error(`--rounds takes a whole number.\n${usage}`);
  return {
    sections: sectionNames.filter((name) => positionals.length === 0 || positionals.includes(name)),
    jsonPath: values.json === undefined ? null : resolve(values.json),
    program: values.program === undefined ? null : resolve(values.program),
    nodeFlags: values["node-flag"] ?? [],
    rounds,
  };
}
