import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isBootError } from "@/server/boot-error";
import { bundleProgram } from "@/test/bundle-program";
import { openDataDir } from "./data-dir";
import { dataPaths } from "./data-paths";

const isRoot = process.getuid?.() === 0;
const children: ChildProcess[] = [];
let base: string;

beforeEach(() => {
  base = mkdtempSync("/tmp/mcsd-data-dir-");
  chmodSync(base, 0o755);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  chmodSync(base, 0o755);
  rmSync(base, { recursive: true, force: true });
});

async function bootMessage(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isBootError(error)) throw new Error(`Expected a BootError, got ${String(error)}`);
  expect(error.message).not.toContain("\n");
  return error.message;
}

/** Another process that holds the lock as mcsd does: its own flock, held through an inherited descriptor. */
async function otherHolder(root: string): Promise<ChildProcess> {
  mkdirSync(root, { recursive: true });
  const script = `exec 3<>"$1/mcsd.lock"; flock -n 3 || exit 9; echo $$ >&3; echo locked; exec sleep 60`;
  const child = spawn("bash", ["-c", script, "holder", root], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  await once(child.stdout, "data");
  return child;
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("openDataDir", () => {
  it("makes the layout with private modes, twice without harm", async () => {
    const root = join(base, "new", "data");
    for (const _ of [1, 2]) await (await openDataDir(root)).release();
    const paths = dataPaths(root);
    for (const folder of [
      paths.uploads,
      paths.extractions,
      paths.jars,
      paths.trash,
      paths.run,
      paths.snapshotObjects,
    ]) {
      expect(modeOf(folder)).toBe("700");
    }
    expect([modeOf(root), modeOf(paths.servers)]).toEqual(isRoot ? ["711", "711"] : ["700", "700"]);
  });

  it("keeps everything private for an ordinary user", async () => {
    const root = join(base, "data");
    await (await openDataDir(root, { isRoot: false })).release();
    expect([modeOf(root), modeOf(dataPaths(root).servers)]).toEqual(["700", "700"]);
  });

  for (const flockProgram of ["flock", "no-such-flock-program"]) {
    it(`lets one holder in at a time (${flockProgram})`, async () => {
      const root = join(base, "data");
      const first = await openDataDir(root, { flockProgram });
      const message = await bootMessage(openDataDir(root, { flockProgram }));
      expect(message).toContain(`${root} is in use by another mcsd (pid ${process.pid})`);
      await first.release();
      await (await openDataDir(root, { flockProgram })).release();
    });
  }

  it("names the pid of another process that holds it, and is free the moment that one is killed", async () => {
    const root = join(base, "data");
    const holder = await otherHolder(root);
    expect(await bootMessage(openDataDir(root))).toContain(`in use by another mcsd (pid ${holder.pid})`);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    await (await openDataDir(root)).release();
  });

  it("does not hand its lock down to children", async () => {
    const root = join(base, "data");
    const held = await openDataDir(root);
    children.push(spawn("sleep", ["60"], { detached: true, stdio: "ignore" }));
    await held.release();
    await (await openDataDir(root)).release();
  });

  it("refuses a relative path, and a file in the way", async () => {
    expect(await bootMessage(openDataDir("data"))).toContain("must be an absolute path");
    writeFileSync(join(base, "file"), "");
    expect(await bootMessage(openDataDir(join(base, "file")))).toContain("a file is in its way");
    expect(await bootMessage(openDataDir(join(base, "file", "data")))).toContain("a file is in its way");
  });

  it("says whose a folder must be that cannot be written", async () => {
    const program = await bundleProgram(
      `import { openDataDir } from "@/server/fs/data-dir";
       await openDataDir(process.argv[2] ?? "").catch((error) => console.log(error.message));`,
      join(base, "program.mjs"),
    );
    chmodSync(base, 0o555);
    const user = isRoot ? { uid: 65_534, gid: 65_534 } : {};
    const { stdout } = spawnSync(process.execPath, [program, join(base, "data")], { encoding: "utf8", ...user });
    expect(stdout).toMatch(/^The data folder \S+ cannot be written: give it to the user that runs mcsd \(uid \d+\)/);
  });

  if (isRoot) {
    it("as root refuses a folder that other users cannot reach, and names the one to open", async () => {
      chmodSync(base, 0o700);
      expect(await bootMessage(openDataDir(join(base, "data")))).toContain(`chmod o+x ${base},`);
    });
  }
});

describe("dataPaths", () => {
  it("refuses names that could leave the folder", () => {
    for (const name of ["", "..", ".", "a/b", "a\0", "../x", "-rf", ".hidden"]) {
      expect(() => dataPaths("/data").serverFolder(name)).toThrow();
    }
    expect(dataPaths("/data").serverFolder("5f0c-1")).toBe("/data/servers/5f0c-1");
  });
});
