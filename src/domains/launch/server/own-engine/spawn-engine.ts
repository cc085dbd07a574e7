import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { childEnvironment, fixedPath } from "../child-environment";
import { chooseNetworks } from "./choose-networks";
import type { EnginePaths } from "./engine-paths";

/** What precedes the program, for tests that put the engine into a network of its own. Must end in an exec. */
export type EngineLauncher = readonly string[];

/**
 * Starts dockerd in a session of its own, so that it and its containers outlive mcsd. It makes no difference to it who its
 * parent is. `onEnd` is called once, also when the program could not be started.
 */
export function spawnEngine(
  program: string,
  paths: EnginePaths,
  { launcher = [], onEnd }: { launcher?: EngineLauncher; onEnd(reason: string): void },
): ChildProcess {
  const { bridge, pool } = chooseNetworks(readFileSync("/proc/net/route", "utf8"));
  const [first = program, ...rest] = [
    ...launcher,
    program,
    `--host=unix://${paths.socket}`,
    "--group=root",
    `--data-root=${paths.dataRoot}`,
    `--exec-root=${paths.execRoot}`,
    `--pidfile=${paths.pidFile}`,
    // Containers go on without it, and are found again.
    "--live-restore",
    `--bip=${bridge}`,
    `--default-address-pool=${pool}`,
    `--config-file=${paths.config}`,
    "--log-level=warn",
  ];
  const log = openSync(paths.log, "a", 0o600);
  try {
    const child = spawn(first, rest, {
      cwd: "/",
      detached: true,
      stdio: ["ignore", log, log],
      env: childEnvironment({ PATH: fixedPath }),
    });
    child.once("error", (error) => onEnd(error.message));
    child.once("exit", (code, signal) => onEnd(signal ?? `code ${code}`));
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}
