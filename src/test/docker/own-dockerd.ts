import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { openSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import Docker from "dockerode";
import { findInside } from "../program-remains";
import { until } from "../program-until";

/** An engine of a test's own, which may be killed and hung. */
export interface OwnDockerd {
  /** As DOCKER_HOST takes it. */
  readonly host: string;
  readonly docker: Docker;
  readonly pid: number;
  signal(name: NodeJS.Signals): void;
  /** Sends the signal and waits for the end of the engine's own process. */
  end(name: "SIGTERM" | "SIGKILL"): Promise<void>;
  start(): Promise<void>;
  /** Ends it and all that it has started, and removes its files. */
  close(): Promise<void>;
}

const readyMs = 40_000;

/** Starts it, as root, beside any other engine: with folders, networks and a containerd of its own, and no rules for the firewall. */
export async function startOwnDockerd(options: { isLiveRestore: boolean }): Promise<OwnDockerd> {
  // Sockets have short paths.
  const root = await mkdtemp("/run/mcsd-test-");
  const data = await mkdtemp("/var/tmp/mcsd-test-dockerd-");
  const socket = join(root, "docker.sock");
  const pool = `10.${190 + (process.pid % 50)}.0.0/16`;
  const bridge = `mcsdt${randomBytes(4).toString("hex")}`;
  await runIp(["link", "add", bridge, "type", "bridge"]);
  await runIp(["addr", "add", `${pool.replace("0.0/16", "255.1/24")}`, "dev", bridge]);
  await mkdir(join(root, "exec"));
  await writeFile(join(root, "daemon.json"), "{}");
  const docker = new Docker({ socketPath: socket });
  let child: ChildProcess | null = null;
  const current = (): ChildProcess => {
    if (!child) throw new Error("The engine does not run");
    return child;
  };
  const dockerd: OwnDockerd = {
    host: `unix://${socket}`,
    docker,
    get pid() {
      return current().pid ?? 0;
    },
    signal: (name) => void current().kill(name),
    async end(name) {
      const ending = current();
      const ended = once(ending, "exit");
      ending.kill(name);
      await ended;
      child = null;
    },
    async start() {
      const log = openSync(join(data, "dockerd.log"), "a");
      const given = [
        ["--config-file", join(root, "daemon.json")],
        ["--host", `unix://${socket}`],
        ["--data-root", join(data, "data")],
        ["--exec-root", join(root, "exec")],
        ["--pidfile", join(root, "docker.pid")],
        // With none at all it would take the bridge of another engine away.
        ["--bridge", bridge],
        ["--default-address-pool", `base=${pool},size=24`],
        ["--iptables=false", "--ip6tables=false", "--ip-masq=false"],
        [`--live-restore=${options.isLiveRestore}`],
      ].flat();
      // What a killed engine leaves of its containerd answers the next one.
      child = spawn("dockerd", given, { stdio: ["ignore", log, log] });
      await until(
        () =>
          docker.ping().then(
            () => true,
            () => false,
          ),
        "the engine answers",
        readyMs,
      ).catch(async (error) => {
        throw new Error(`${error}\n${(await readFile(join(data, "dockerd.log"), "utf8")).slice(-3000)}`);
      });
    },
    async close() {
      if (child) {
        child.kill("SIGCONT");
        await dockerd.end("SIGTERM");
      }
      for (const name of ["containerd/containerd.pid", "docker.pid"]) {
        const pid = Number(await readFile(join(root, "exec", name), "utf8").catch(() => "0"));
        if (pid > 1) killIfIts(pid);
      }
      for (const pid of await findInside(join(root, "exec"))) killIfIts(pid);
      // The engine mounts its folder onto itself, and a killed one leaves that.
      await promisify(execFile)("umount", ["--lazy", join(data, "data")]).catch(() => undefined);
      await runIp(["link", "delete", bridge]).catch(() => undefined);
      for (const folder of [root, data]) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await dockerd.start();
  } catch (error) {
    await dockerd.close();
    throw error;
  }
  return dockerd;
}

async function runIp(args: readonly string[]): Promise<void> {
  await promisify(execFile)("ip", [...args]);
}

function killIfIts(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It went by itself.
  }
}
