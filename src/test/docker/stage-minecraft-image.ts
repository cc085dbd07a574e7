import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, readdir, realpath, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Jdk } from "./find-jdk";

const run = promisify(execFile);

/** Not by this module's own address: a bundle lives elsewhere. Tests run at the root of the project. */
export const ownFolder = join(process.cwd(), "src", "test", "docker");

/** What the image's scripts, and tests that look into a container, call. */
const programs =
  "sh cat chmod chown cp date env grep head id ls mkdir mkfifo mv od rm setpriv sleep stat tail touch tr".split(" ");

/** Fills a folder with a small root file system: Java, programs of this machine, and the libraries that these need. */
export async function stageBase(root: string, jdk: Jdk): Promise<void> {
  for (const folder of ["bin", "usr/local/bin", "opt/java", "etc", "data", "proc", "dev", "sys"])
    await mkdir(join(root, folder), { recursive: true });
  await mkdir(join(root, "tmp"));
  await chmod(join(root, "tmp"), 0o1777);
  await writeFile(join(root, "etc/passwd"), "root:x:0:0::/root:/bin/sh\nminecraft:x:1000:1000::/data:/bin/sh\n");
  await writeFile(join(root, "etc/group"), "root:x:0:\nminecraft:x:1000:\n");
  const java = join(root, "opt/java/openjdk");
  const slim = ["--strip-debug", "--no-header-files", "--no-man-pages"];
  const modules = ["--add-modules", "java.base,jdk.unsupported"];
  await run(join(jdk.home, "bin/jlink"), [...modules, ...slim, "--output", java]);
  // Halves the time to start of everything in the image.
  await run(join(java, "bin/java"), ["-Xshare:dump"]);
  const libraries = (await readdir(join(java, "lib"))).filter((name) => name.endsWith(".so"));
  const needed = [join(java, "bin/java"), join(java, "lib/server/libjvm.so")];
  needed.push(...libraries.map((name) => join(java, "lib", name)));
  for (const name of programs) {
    const path = await realpath(findProgram(name));
    await copyFile(path, join(root, "bin", name));
    needed.push(path);
  }
  for (const path of await findLibraries(needed)) {
    if (path.startsWith(root)) continue;
    await mkdir(dirname(join(root, path)), { recursive: true });
    await copyFile(await realpath(path), join(root, path));
  }
}

/** Fills a folder with what is our own: scripts, their Java programs, and the server. */
export async function stageTools(root: string, jdk: Jdk, serverJar: string): Promise<void> {
  const files = join(ownFolder, "image-files");
  const tools = join(root, "image/tools");
  await mkdir(tools, { recursive: true });
  await mkdir(join(root, "usr/local/bin"), { recursive: true });
  for (const name of (await readdir(files)).filter((entry) => entry !== "java")) {
    const target = join(root, ["start", "run-server"].includes(name) ? "image" : "usr/local/bin", name);
    await copyFile(join(files, name), target);
    await chmod(target, 0o755);
  }
  await copyFile(serverJar, join(root, "image/server.jar"));
  const sources = (await readdir(join(files, "java"))).map((name) => join(files, "java", name));
  const options = ["--release", "17", "-encoding", "UTF-8", "-XDstringConcat=inline", "-d", tools];
  await run(join(jdk.home, "bin/javac"), [...options, ...sources]);
  await symlink("/image/start", join(root, "start"));
}

function findProgram(name: string): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`There is no ${name} on the PATH`);
  return found;
}

/** By the word of the dynamic linker; a program that needs none is not in its list. */
async function findLibraries(files: readonly string[]): Promise<Set<string>> {
  const { stdout } = await run("ldd", [...files]).catch((error: { stdout: string }) => error);
  return new Set([...stdout.matchAll(/(?:=>\s+|^\s+)(\/\S+) \(0x/gm)].map(([, path = ""]) => path));
}
