import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { totalmem } from "node:os";
import { resolve } from "node:path";
import { isAppError } from "@/server/errors";
import type { LaunchProblem, LaunchSpec } from "../launch-strategy";
import { adoptProcess } from "./adopt-process";
import { findPortProblem } from "./find-port-problem";
import { findUnreachableAncestor } from "./find-unreachable-ancestor";
import type { RunPaths } from "./run-paths";

/** Looks for everything that would make a start fail. Changes nothing. Problems come in the order in which to mend them. */
export async function preflightHost(
  spec: LaunchSpec,
  paths: RunPaths,
  machine: { isRoot: boolean },
): Promise<readonly LaunchProblem[]> {
  if (process.platform !== "linux") {
    return [{ code: "KIND_UNAVAILABLE", message: "Servers of the host kind run on Linux only so far." }];
  }
  if (await isRunning(spec.serverId, paths)) {
    return [{ code: "ALREADY_RUNNING", message: "This server is already running." }];
  }
  const found = await Promise.all([
    checkJava(spec),
    checkJar(spec),
    checkReach(spec, machine.isRoot),
    checkMemory(spec),
    findPortProblem(spec.gamePort),
  ]);
  return found.filter((problem) => problem !== null);
}

async function isRunning(serverId: string, paths: RunPaths): Promise<boolean> {
  try {
    return (await adoptProcess(paths, serverId, null)).ref !== null;
  } catch (error) {
    if (isAppError(error)) return true;
    throw error;
  }
}

export async function checkJava({ javaPath }: LaunchSpec): Promise<LaunchProblem | null> {
  const isThere = await access(javaPath, constants.X_OK).then(
    async () => (await stat(javaPath)).isFile(),
    () => false,
  );
  if (isThere) return null;
  return { code: "JAVA_NOT_FOUND", message: `There is no Java at ${javaPath}.`, details: { path: javaPath } };
}

export async function checkJar({ folder, programArgs }: LaunchSpec): Promise<LaunchProblem | null> {
  const flag = programArgs.indexOf("-jar");
  const jar = flag < 0 ? undefined : programArgs[flag + 1];
  if (jar === undefined) return null;
  const found = await stat(resolve(folder, jar)).catch(() => null);
  if (found?.isFile() && found.size > 0) return null;
  return { code: "JAR_MISSING", message: `The server's folder has no ${jar}.`, details: { jar } };
}

async function checkReach({ folder, javaPath, uid }: LaunchSpec, isRoot: boolean): Promise<LaunchProblem | null> {
  if (!isRoot || uid === null) return null;
  for (const path of [folder, javaPath]) {
    const ancestor = await findUnreachableAncestor(path, uid);
    if (ancestor === null) continue;
    const message = `The server's own user cannot enter ${ancestor}, which is on the way to ${path}. "chmod o+x" on it mends that.`;
    return { code: "FOLDER_UNREACHABLE", message, details: { ancestor, path } };
  }
  return null;
}

export function checkMemory({ memoryMb }: LaunchSpec): LaunchProblem | null {
  // In a container the limit of its cgroup counts; without one Node reports 0 or an absurdly high number.
  const limit = process.constrainedMemory?.() ?? 0;
  const totalMb = Math.floor(Math.min(totalmem(), limit > 0 ? limit : Number.POSITIVE_INFINITY) / 1024 / 1024);
  if (memoryMb <= totalMb) return null;
  const message = `The server is to have ${memoryMb} MB of memory, but this machine has only ${totalMb} MB.`;
  return { code: "NOT_ENOUGH_MEMORY", message, details: { memoryMb, totalMb } };
}
