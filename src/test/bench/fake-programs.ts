import { chmod, copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createNotices, type Notices } from "./create-notices";

export interface FakePrograms {
  /** Pretends to be Java 16: says that it runs (`started`), then sleeps for ten minutes. */
  starter: string;
  /** One line for each start of the starter, at the moment of it. */
  started: Notices;
  /** Pretends to be Java 21: a server that writes lines with the time in them when told to (`line-writer.mjs`). */
  lineWriter: string;
}

/** Majors that no real Java on the machine is expected to have, so that a server of ours gets exactly these programs. */
export const fakeMajors = { starter: 16, lineWriter: 21 } as const;

/** Writes the programs into a folder that every user may pass through. */
export async function writeFakePrograms(folder: string, root: string): Promise<FakePrograms> {
  const started = await createNotices(join(folder, "started"));
  const writer = join(folder, "line-writer.mjs");
  await copyFile(join(root, "src/test/bench/line-writer.mjs"), writer);
  await chmod(writer, 0o644);
  const starter = join(folder, "java-starter");
  const lineWriter = join(folder, "java-line-writer");
  await writeProgram(starter, fakeMajors.starter, `echo "$$" >'${started.path}'\nexec sleep 600`);
  await writeProgram(lineWriter, fakeMajors.lineWriter, `exec '${process.execPath}' '${writer}'`);
  return { starter, started, lineWriter };
}

async function writeProgram(path: string, major: number, work: string): Promise<void> {
  const version = `echo 'openjdk version "${major}.0.1" 2026-01-01' >&2`;
  await writeFile(path, `#!/bin/sh\nif [ "$1" = -version ]; then ${version}; exit 0; fi\n${work}\n`);
  await chmod(path, 0o755);
}
