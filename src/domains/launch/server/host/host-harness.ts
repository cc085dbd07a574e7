import { randomUUID } from "node:crypto";
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { systemClock } from "@/server/clock";
import { buildStandIn } from "@/test/stand-in/build-stand-in";
import { freePort } from "@/test/stand-in/free-port";
import type { LaunchHarness } from "../launch-contract";
import type { HostRef, LaunchHandle, LaunchSpec, LaunchStrategy } from "../launch-strategy";
import { createHostStrategy } from "./create-host-strategy";

export interface HostHarness extends LaunchHarness {
  readonly root: string;
  readonly runRoot: string;
  /** A server that is no JVM but `/bin/sh`, for what needs no Java. */
  newShell(program: string): Promise<LaunchSpec>;
}

/** The host strategy over a temporary folder, with the stand-in server on a real JVM. Ends whatever still runs in there. */
export async function createHostHarness(options: { isRoot: boolean; firstUid?: number }): Promise<HostHarness> {
  const root = await mkdtemp(join(tmpdir(), "host-strategy-"));
  await chmod(root, 0o711);
  const runRoot = join(root, "run");
  let nextUid = options.firstUid ?? 231_000;
  const newFolder = async () => {
    const serverId = randomUUID();
    const folder = join(root, "servers", serverId);
    await mkdir(folder, { recursive: true });
    return { serverId, folder, uid: options.isRoot ? nextUid++ : null, memoryMb: 64, gamePort: await freePort() };
  };
  return {
    root,
    runRoot,
    readyText: "Done (",
    open: (): LaunchStrategy =>
      createHostStrategy({ runRoot, clock: systemClock, log: pino({ level: "silent" }), isRoot: options.isRoot }),
    newServer: async (behaviour = {}) => {
      const server = await newFolder();
      await copyFile(await buildStandIn(), join(server.folder, "server.jar"));
      await writeFile(join(server.folder, "eula.txt"), "eula=true\n");
      await writeFile(join(server.folder, "server.properties"), `server-port=${server.gamePort}\n`);
      const faults = `ignore.stop=${behaviour.ignoresStop ?? false}\nignore.term=${behaviour.ignoresTerm ?? false}\n`;
      await writeFile(join(server.folder, "stand-in.properties"), faults);
      const jvmArgs = ["-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
      return { ...server, javaPath: "/usr/bin/java", jvmArgs, programArgs: ["-jar", "server.jar", "nogui"] };
    },
    newShell: async (program) => {
      return { ...(await newFolder()), javaPath: "/bin/sh", jvmArgs: [], programArgs: ["-c", program] };
    },
    readLog: (serverId) => readFile(join(runRoot, serverId, "console.log"), "utf8").catch(() => ""),
    countProcesses: async (spec) => (await findInside(spec.folder)).length,
    close: async () => {
      for (let pids = [0]; pids.length > 0; ) {
        pids = await findInside(join(root, "servers"));
        for (const pid of pids) killIfThere(pid);
      }
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** The ref of a handle that this strategy gave. */
export function hostRefOf({ ref }: LaunchHandle): HostRef {
  if (ref.kind !== "host") throw new Error(`a ref of the kind ${ref.kind}`);
  return ref;
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It went by itself.
  }
}

/** The processes whose working directory is inside a folder: an independent look, not by group or pid. */
async function findInside(folder: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => "")));
  return pids.filter((_, index) => `${found[index]}/`.startsWith(`${folder}/`)).map(Number);
}
