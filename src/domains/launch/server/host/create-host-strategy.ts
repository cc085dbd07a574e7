import { rm } from "node:fs/promises";
import type { Clock } from "@/server/clock";
import { AppError } from "@/server/errors";
import type { Logger } from "@/server/logger";
import type { LaunchStrategy } from "../launch-strategy";
import { adoptProcess } from "./adopt-process";
import { createHostHandle } from "./host-handle";
import { preflightHost } from "./preflight-host";
import { createSharedProcessTable } from "./process-usage";
import { runPaths } from "./run-paths";
import { startProcess } from "./start-process";

export interface HostStrategyOptions {
  /** Absolute path of the folder that holds one run folder per server. Only mcsd may enter it. */
  runRoot: string;
  clock: Clock;
  log: Logger;
  /** True when mcsd runs as root, so that servers get uids of their own. */
  isRoot: boolean;
}

/** Runs servers as detached processes of this machine, which outlive mcsd and are found again by it. Linux only. */
export function createHostStrategy(options: HostStrategyOptions): LaunchStrategy {
  const { runRoot, clock, log } = options;
  const isLinux = process.platform === "linux";
  const readTable = createSharedProcessTable();
  return {
    kind: "host",
    preflight: (spec) => preflightHost(spec, runPaths(runRoot, spec.serverId), options),
    start: async (spec, signal) => {
      if (!isLinux) throw new AppError("START_FAILED", "Servers of the host kind run on Linux only so far.");
      const paths = runPaths(runRoot, spec.serverId);
      const { ref, launcherTicks, child } = await startProcess(paths, spec, signal);
      const handle = createHostHandle({ ref, launcherTicks, paths, clock, readTable });
      child.once("exit", handle.ring);
      log.info({ serverId: spec.serverId, pid: ref.pid, uid: spec.uid }, "server process started");
      return handle;
    },
    adopt: async (serverId, stored) => {
      if (!isLinux) return { handle: null, exit: null };
      const paths = runPaths(runRoot, serverId);
      const found = await adoptProcess(paths, serverId, stored?.kind === "host" ? stored : null);
      if (found.ref === null) return { handle: null, exit: found.exit };
      log.info({ serverId, pid: found.ref.pid }, "server process found again");
      const { ref, launcherTicks } = found;
      return { handle: createHostHandle({ ref, launcherTicks, paths, clock, readTable }) };
    },
    check: async () => ({
      kind: "host",
      isAvailable: isLinux,
      problem: isLinux ? null : "not_linux",
      message: null,
      engine: null,
    }),
    forget: async (serverId, { keepsLog } = { keepsLog: false }) => {
      const paths = runPaths(runRoot, serverId);
      const found = isLinux ? await adoptProcess(paths, serverId, null) : { ref: null };
      if (found.ref !== null) throw new AppError("STATE_CONFLICT", "The server is still running.");
      if (keepsLog) await rm(paths.status, { force: true });
      else await rm(paths.folder, { recursive: true, force: true });
    },
  };
}
