import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { enginePaths } from "./engine-paths";
import { findByPidFile, nestCgroups, prepareEngine } from "./prepare-engine";

let folder: string;
const folders: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "prepare-engine-"));
  folders.push(folder);
});
afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true }))));

const file = (name: string) => join(folder, name);

it("takes no process for the engine that only has its number", async () => {
  await writeFile(file("pid"), String(process.pid));
  expect(await findByPidFile(file("pid"), "--pidfile=/run/x")).toBeNull();
  expect(await findByPidFile(file("pid"), process.argv0)).toMatchObject({ pid: process.pid });
  await writeFile(file("pid"), "4194304");
  expect(await findByPidFile(file("pid"), "")).toBeNull();
  expect(await findByPidFile(file("missing"), "")).toBeNull();
});

it("removes what another life of the container has left, and keeps what is of this one", async () => {
  const paths = moved(enginePaths({ dataRoot: file("data"), installationId: "0".repeat(32) }), file("run"));
  await mkdir(join(paths.execRoot, "netns"), { recursive: true });
  await writeFile(paths.life, "another boot\n");
  await writeFile(paths.pidFile, String(process.pid));
  await prepareEngine(paths, { sharesNetwork: false });
  await expect(readFile(paths.pidFile)).rejects.toMatchObject({ code: "ENOENT" });
  await expect(readFile(join(paths.execRoot, "netns"))).rejects.toMatchObject({ code: "ENOENT" });
  await mkdir(join(paths.execRoot, "netns"));
  await prepareEngine(paths, { sharesNetwork: false });
  await expect(readFile(join(paths.execRoot, "netns"))).rejects.toMatchObject({ code: "EISDIR" });
});

it("hands controllers on where the container's group is the root of what it sees", async () => {
  await writeFile(file("cgroup.type"), "domain\n");
  await writeFile(file("cgroup.controllers"), "cpu memory pids\n");
  await writeFile(file("cgroup.subtree_control"), "\n");
  await writeFile(file("cgroup.procs"), "17\n");
  await nestCgroups(folder);
  expect(await readFile(file("mcsd/cgroup.procs"), "utf8")).toBe("17");
  expect(await readFile(file("cgroup.subtree_control"), "utf8")).toBe("+cpu +memory +pids");
});

it("leaves the control groups of a whole machine, and of version 1, alone", async () => {
  await writeFile(file("cgroup.controllers"), "cpu memory pids\n");
  await writeFile(file("cgroup.subtree_control"), "\n");
  await nestCgroups(folder);
  expect(await readFile(file("cgroup.subtree_control"), "utf8")).toBe("\n");
  await nestCgroups(file("memory"));
});

function moved(paths: ReturnType<typeof enginePaths>, to: string) {
  const entries = Object.entries(paths).map(([key, path]) => [key, path.replace(paths.runFolder, to)]);
  return Object.fromEntries(entries) as unknown as typeof paths;
}
