import { mkdir, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readProcessStat } from "../host/process-stat";
import { readBootId } from "../host/read-boot-id";
import { isEngineBridge } from "./choose-networks";
import type { EnginePaths } from "./engine-paths";
import { OwnEngineError } from "./own-engine-error";

/** Makes the folders ready for an engine that does not run. Rejects with OwnEngineError where another engine is in the way. */
export async function prepareEngine(paths: EnginePaths, options: { sharesNetwork: boolean }): Promise<void> {
  const now = await readLife();
  const before = await readFile(paths.life, "utf8").catch(() => null);
  if (options.sharesNetwork && before !== now && (await readdir("/sys/class/net")).some(isEngineBridge)) {
    throw new OwnEngineError(
      "other_engine",
      "Another Docker engine runs on this machine (its networks are there). Two of them take each other's firewall rules away, and " +
        "with them the walls between their containers. Let the servers run on that engine (kind dood).",
    );
  }
  // What another life has left there are names of processes that ended with it.
  if (before !== now) await rm(paths.runFolder, { recursive: true, force: true });
  await mkdir(paths.execRoot, { recursive: true, mode: 0o700 });
  await mkdir(paths.dataRoot, { recursive: true, mode: 0o710 });
  await writeFile(paths.life, now, { mode: 0o600 });
  await writeFile(paths.config, "{}\n", { mode: 0o600 });
  // The engine takes any process of that number for itself, and for its helper.
  await rm(paths.pidFile, { force: true });
  if ((await findByPidFile(paths.containerdPidFile, paths.execRoot)) === null) {
    await rm(paths.containerdPidFile, { force: true });
  }
}

/** The living process that a pid file names, if its command line says that it belongs to us. */
export async function findByPidFile(
  pidFile: string,
  mark: string,
): Promise<{ pid: number; startTicks: string } | null> {
  const pid = Number(await readFile(pidFile, "utf8").catch(() => ""));
  if (!Number.isInteger(pid) || pid <= 1) return null;
  const stat = readProcessStat(pid);
  if (!stat?.isAlive) return null;
  const command = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0");
  if (!command.some((part) => part.startsWith(mark))) return null;
  // Read before the command line: a process that took the number in between is not taken for it.
  return readProcessStat(pid)?.startTicks === stat.startTicks ? { pid, startTicks: stat.startTicks } : null;
}

/** Changes with a boot of the machine, with a start of our container, and with another network. */
async function readLife(): Promise<string> {
  const [bootId, network] = await Promise.all([readBootId(), readlink("/proc/self/ns/net")]);
  return `${bootId} ${readProcessStat(1)?.startTicks ?? ""} ${network}\n`;
}

/**
 * In a container with control groups of version 2, ours is the root of what we see, and a group with processes in it may not hand
 * its controllers on: all processes move to a group of their own (https://docs.kernel.org/admin-guide/cgroup-v2.html, "No Internal
 * Process Constraint"). Anywhere else nothing is done.
 */
export async function nestCgroups(root = "/sys/fs/cgroup"): Promise<void> {
  const entries = await readdir(root).catch(() => [] as string[]);
  // The true root of the machine has no type.
  if (!entries.includes("cgroup.controllers") || !entries.includes("cgroup.type")) return;
  const given = await readFile(join(root, "cgroup.subtree_control"), "utf8");
  if (given.trim() !== "") return;
  const own = join(root, "mcsd");
  await mkdir(own, { recursive: true });
  for (const pid of (await readFile(join(root, "cgroup.procs"), "utf8")).split("\n")) {
    // One that has ended meanwhile cannot move.
    if (pid !== "") await writeFile(join(own, "cgroup.procs"), pid).catch(() => undefined);
  }
  const controllers = (await readFile(join(root, "cgroup.controllers"), "utf8")).trim().split(/\s+/);
  await writeFile(join(root, "cgroup.subtree_control"), controllers.map((name) => `+${name}`).join(" "));
}
