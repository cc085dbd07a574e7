import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { archiveFormats } from "@/server/archive/archive-format";
import { extractArchive } from "@/server/archive/extract-archive";
import { writeArchive } from "@/server/archive/write-archive";
import { bundleExtractor } from "../../snapshots/bundle-worker";
import type { Bench } from "../bench";
import type { Figure } from "../figure";
import { folderPrefix } from "../remove-run";

const mb = 1024 * 1024;
const limits = { maxBytes: 2048 * mb, maxFiles: 20_000, maxFileBytes: 500 * mb, maxRatio: 100 };
/** Worlds are few large files, folders of plugins many small ones. */
const kinds = [
  { name: "300 MB of region files", files: 60, bytes: 5 * mb, most: 2 },
  // The process and the libraries' work for each entry (ADR 34).
  { name: "8,000 files of 4 KB", files: 8000, bytes: 4096, most: 5 },
] as const;

/** Extraction in its sandbox against `tar` and `unzip` on the same archives in the same run, and the memory that both ways take of mcsd. */
export async function measureArchives(bench: Bench): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-archives-`));
  try {
    const figures: Figure[] = [];
    for (const [index, kind] of kinds.entries())
      figures.push(...(await measureKind(bench, join(folder, `${index}`), kind)));
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureKind(bench: Bench, folder: string, kind: (typeof kinds)[number]): Promise<Figure[]> {
  const at = (name: string) => join(folder, name);
  await mkdir(at("files"), { recursive: true });
  for (let index = 0; index < kind.files; index++) {
    // Like a region file: what cannot be compressed, and zeros at its end.
    const content = Buffer.concat([randomBytes(kind.bytes * 0.8), Buffer.alloc(kind.bytes * 0.2)]);
    await writeFile(at(`files/${index}.dat`), content);
  }
  const extractorFile = await bundleExtractor();
  const figures: Figure[] = [];
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  for (const format of archiveFormats) {
    const archive = at(`a.${format}`);
    const { stream } = await writeArchive({ root: at("files"), paths: [""], format });
    await pipeline(stream, createWriteStream(archive));
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = bench.options.rounds ?? 3; round > 0; round--) {
      const startedAt = performance.now();
      await extractArchive(extractorFile, { archive, target: at("ours"), limits });
      ours.push(performance.now() - startedAt);
      theirs.push(await timeOf(format, archive, at("theirs")));
      for (const made of ["ours", "theirs"]) await rename(at(made), at(`${made}-${format}-${round}`));
      // Thousands of files stay to the end: a file system makes new ones many times slower in the minutes after such a deletion.
      if (kind.files < 1000)
        for (const made of ["ours", "theirs"]) await rm(at(`${made}-${format}-${round}`), { recursive: true });
    }
    await rm(archive);
    figures.push({
      name: `extraction of .${format}, ${kind.name}`,
      unit: "ms",
      ours: Math.min(...ours),
      reference: Math.min(...theirs),
      measure: "ratio",
      goal: { kind: "at most", value: kind.most },
      note: `the reference is ${format === "zip" ? "unzip" : "tar"}; ours with the start of a process of its own`,
    });
  }
  clearInterval(watch);
  figures.push({
    name: `memory while archives are made and extracted, ${kind.name}`,
    unit: "MB",
    ours: (most - before) / mb,
    reference: null,
    measure: "value",
    goal: { kind: "at most", value: 256 },
    note: "of the process that asks, beyond what it had before",
  });
  return figures;
}

async function timeOf(format: (typeof archiveFormats)[number], archive: string, target: string): Promise<number> {
  await mkdir(target);
  const command = format === "zip" ? ["unzip", "-q", archive, "-d", target] : ["tar", "-xf", archive, "-C", target];
  const [program = "", ...args] = command;
  const startedAt = performance.now();
  const { status } = spawnSync(program, args, { stdio: "ignore" });
  if (status !== 0) throw new Error(`${program} could not extract the archive.`);
  return performance.now() - startedAt;
}
