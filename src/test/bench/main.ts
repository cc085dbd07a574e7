import { writeFile } from "node:fs/promises";
import { arch, cpus, platform, totalmem } from "node:os";
import { type Bench, openBench } from "./bench";
import { type Figure, isReached, measured } from "./figure";
import { formatReport } from "./print-report";
import { readOptions, type SectionName, usage } from "./read-options";
import type { RoleName } from "./role";
import { runSnapshotEngine } from "./run-snapshot-engine";
import { runSubscribers } from "./run-subscribers";
import { measureArchives } from "./sections/measure-archives";
import { measureCold } from "./sections/measure-cold";
import { measureConsole } from "./sections/measure-console";
import { measureFanOut } from "./sections/measure-fan-out";
import { measureFiles } from "./sections/measure-files";
import { measureLines } from "./sections/measure-lines";
import { measureList } from "./sections/measure-list";
import { measureLongFolder } from "./sections/measure-long-folder";
import { measureMemory } from "./sections/measure-memory";
import { measureShim } from "./sections/measure-shim";
import { measureSnapshots } from "./sections/measure-snapshots";
import { measureStart } from "./sections/measure-start";
import { servePlainList } from "./serve-plain-list";
import { servePlainStream } from "./serve-plain-stream";

const roles: Record<RoleName, () => void> = {
  "plain-list": servePlainList,
  "plain-stream": servePlainStream,
  subscribers: runSubscribers,
  "snapshot-engine": runSnapshotEngine,
};

const sections: Record<SectionName, (bench: Bench) => Promise<Figure[]>> = {
  list: measureList,
  start: measureStart,
  console: measureConsole,
  lines: measureLines,
  "fan-out": measureFanOut,
  shim: measureShim,
  cold: measureCold,
  memory: measureMemory,
  snapshots: measureSnapshots,
  archives: measureArchives,
  files: measureFiles,
  manager: measureLongFolder,
};

/** A benchmark, not a test: whatever the figures are, the exit code is 0. Only a section that could not be measured is 1. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const bench = await openBench(options);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void bench.close().finally(() => process.exit(130)));
  const figures: Figure[] = [];
  try {
    for (const name of options.sections) {
      bench.log(`measuring ${name} …`);
      figures.push(
        ...(await sections[name](bench).catch((error: unknown) => {
          process.exitCode = 1;
          process.stderr.write(`${name} could not be measured: ${error instanceof Error ? error.stack : error}\n`);
          return [];
        })),
      );
    }
  } finally {
    await bench.close();
  }
  console.log(formatReport(figures));
  if (options.jsonPath) await writeFile(options.jsonPath, `${JSON.stringify(report(figures), null, 2)}\n`);
  process.exit();
}

function report(figures: readonly Figure[]) {
  const [cpu] = cpus();
  return {
    at: new Date().toISOString(),
    machine: {
      platform: `${platform()} ${arch()}`,
      cpu: cpu?.model ?? "",
      cores: cpus().length,
      memoryMb: Math.round(totalmem() / 1024 / 1024),
      node: process.version,
    },
    figures: figures.map((figure) => {
      const { name, ...rest } = figure;
      return { name, measured: measured(figure), reached: isReached(figure), ...rest };
    }),
  };
}

const role = process.argv[2] === "--role" ? (process.argv[3] as RoleName) : null;
if (role) roles[role]();
else if (process.argv.includes("--help")) console.log(usage);
else
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
