import { constants } from "node:fs";
import { access, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fixedPath } from "../child-environment";
import { OwnEngineError } from "./own-engine-error";

/** CAP_NET_ADMIN and CAP_SYS_ADMIN (capabilities(7)): networks, and mounts and namespaces. */
const neededCapabilities = [12n, 21n];
const privilegedWay =
  "Run mcsd's container privileged (docker run --privileged), or let its servers run on an engine beside it (kind dood).";

export interface ObstacleSearch {
  /** Folders with programs, as in PATH. */
  path?: string;
  status?: string;
  cgroups?: string;
}

/** What keeps mcsd from starting an engine of its own, or null. Starts and changes nothing. */
export async function findObstacle(search: ObstacleSearch = {}): Promise<OwnEngineError | null> {
  const { path = fixedPath, status = "/proc/self/status", cgroups = "/sys/fs/cgroup" } = search;
  if (process.platform !== "linux") return new OwnEngineError("not_linux", "An engine of its own needs Linux.");
  if (!(await findEngineProgram(path))) {
    return new OwnEngineError(
      "no_engine_program",
      `There is no program dockerd in ${path}. Use the image mcsd:dind, or install Docker's engine (docker.io).`,
    );
  }
  const lacking = await lackingRight(status, cgroups);
  return lacking === null ? null : new OwnEngineError("not_privileged", `${lacking} ${privilegedWay}`);
}

export async function findEngineProgram(path = fixedPath): Promise<string | null> {
  for (const folder of path.split(":")) {
    const program = join(folder, "dockerd");
    if (await isAllowed(program, constants.X_OK)) return program;
  }
  return null;
}

async function lackingRight(status: string, cgroups: string): Promise<string | null> {
  const text = await readFile(status, "utf8");
  if (!/^Uid:\s+\d+\s+0\s/m.test(text)) return "mcsd does not run as root, which an engine of its own needs.";
  const effective = BigInt(`0x${/^CapEff:\s+([0-9a-f]+)$/m.exec(text)?.[1] ?? "0"}`);
  if (neededCapabilities.some((bit) => ((effective >> bit) & 1n) === 0n)) {
    return "mcsd's container is not privileged: it may neither mount nor make networks.";
  }
  // With version 1 each controller is a mount of its own.
  const [controller] = await readdir(cgroups).catch(() => [] as string[]);
  const folders = [cgroups, ...(controller === undefined ? [] : [join(cgroups, controller)])];
  for (const folder of folders) {
    if (await isAllowed(folder, constants.W_OK)) continue;
    return `mcsd may not write to ${folder}, which limits the servers' memory.`;
  }
  return null;
}

function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
