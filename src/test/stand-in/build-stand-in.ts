import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const building = new Map<number, Promise<string>>();

/** Class-file version of Java 17, what the sources are compiled for. */
const ownClassVersion = 61;

/**
 * Compiles the stand-in server with the machine's `javac` and `jar` when its sources are newer than the last jar, and
 * resolves to the jar's absolute path. Several processes may call at once: the jar appears by a rename, always whole.
 * With `classVersion` the jar claims to need another Java (69 is Java 25): an older one refuses to run it.
 */
export function buildStandIn(options: { classVersion?: number } = {}): Promise<string> {
  const classVersion = options.classVersion ?? ownClassVersion;
  const known = building.get(classVersion) ?? build(classVersion);
  building.set(classVersion, known);
  return known;
}

async function build(classVersion: number): Promise<string> {
  const repository = findRepository(process.cwd());
  const sourceFolder = path.join(repository, "src/test/stand-in/java");
  const target = path.join(repository, ".build/stand-in");
  const jar = path.join(target, classVersion === ownClassVersion ? "server.jar" : `server-class-${classVersion}.jar`);
  const sources = (await readdir(sourceFolder)).filter((name) => name.endsWith(".java"));
  const files = sources.map((name) => path.join(sourceFolder, name));
  const newest = Math.max(...(await Promise.all([sourceFolder, ...files].map(changedAt))));
  if ((await changedAt(jar)) >= newest) return jar;

  await mkdir(target, { recursive: true });
  const stage = await mkdtemp(path.join(target, "stage-"));
  try {
    const began = new Date();
    // The compiler's default encoding is the locale's, and strings here hold § and more.
    const options = ["--release", "17", "-encoding", "UTF-8", "-XDstringConcat=inline", "-nowarn", "-d", "classes"];
    await run("javac", [...options, ...files], { cwd: stage });
    await stampClassVersion(path.join(stage, "classes/StandIn.class"), classVersion);
    const contents = ["--main-class", "StandIn", "-C", "classes", "."];
    await run("jar", ["--create", "--no-compress", "--file", "s.jar", ...contents], { cwd: stage });
    await utimes(path.join(stage, "s.jar"), began, began);
    await rename(path.join(stage, "s.jar"), jar);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  return jar;
}

/** A class file begins with CAFEBABE, minor and major version, each of the two in two bytes. */
async function stampClassVersion(file: string, classVersion: number): Promise<void> {
  const handle = await open(file, "r+");
  await handle.write(Buffer.from([0, classVersion]), 0, 2, 6);
  await handle.close();
}

/** Not by this module's own address: a bundle of a script lives elsewhere. */
function findRepository(from: string): string {
  for (let folder = from; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "src/test/stand-in/java"))) return folder;
  }
  throw new Error(`No stand-in sources at or above ${from}`);
}

async function changedAt(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.mtimeMs,
    () => 0,
  );
}
