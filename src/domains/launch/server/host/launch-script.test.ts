import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { childEnvironment, fixedPath } from "../child-environment";
import { runTool } from "../run-tool";
import { findProcessGroup } from "./find-process-group";
import { launchScript } from "./launch-script";
import { parseLaunchStatus } from "./read-launch-status";

const shells = [
  { name: "sh", command: ["/bin/sh"] },
  { name: "bash", command: ["/bin/bash", "--posix"] },
  { name: "BusyBox", command: ["/bin/busybox", "sh"] },
].filter(({ command }) => existsSync(command[0] ?? ""));

/** Runs the script as the host strategy does, but with a shell of the test's choice. */
async function launch(shell: readonly string[], program: readonly string[], poke?: (pid: number) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), "launch-script-"));
  const path = (name: string) => join(folder, name);
  await runTool("mkfifo", [path("in")]);
  const files = await Promise.all([
    open(path("in"), "r+"),
    ...["log", "status", "lock"].map((name) => open(path(name), "a")),
  ]);
  const [input, log, status, lock] = files.map((file) => file.fd);
  const child = spawn(shell[0] ?? "", [...shell.slice(1), "-c", launchScript, "test", ...program], {
    cwd: folder,
    detached: true,
    env: childEnvironment({ PATH: fixedPath }),
    stdio: [input, log, log, status, lock],
  });
  const pid = child.pid ?? 0;
  const exited = once(child, "exit");
  await files[0]?.write("first line\n");
  await vi.waitFor(async () => expect(await readFile(path("status"), "utf8")).toContain("pid "));
  await poke?.(pid);
  await exited;
  // SIGKILL has been sent to all of the group, but the last of it may take a moment to go.
  await vi.waitFor(async () => expect(await findProcessGroup(pid)).toEqual([]));
  const result = {
    ...parseLaunchStatus(await readFile(path("status"), "utf8")),
    log: await readFile(path("log"), "utf8"),
  };
  await Promise.all(files.map((file) => file.close()));
  await rm(folder, { recursive: true });
  return { ...result, launcherPid: pid };
}

describe.each(shells)("the launch script on $name", ({ command }) => {
  it("gives the program its input and tells pid and exit code", async () => {
    const result = await launch(command, ["/bin/sh", "-c", 'read -r line; echo "$$ got $line"; exit 7']);
    expect(result.exitCode).toBe(7);
    expect(result.launcher?.pid).toBe(result.launcherPid);
    expect(result.log).toBe(`${result.server?.pid} got first line\n`);
  });

  it("survives the signals that a terminal or a service manager sends, and still tells the right code", async () => {
    const program = ["/bin/sh", "-c", "trap 'exit 41' USR1; while :; do sleep 0.01; done"];
    const result = await launch(command, program, async (pid) => {
      for (const signal of ["SIGTERM", "SIGHUP", "SIGINT", "SIGTERM"] as const) {
        process.kill(pid, signal);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const server = (await findProcessGroup(pid)).find((stat) => stat.pid !== pid);
      process.kill(server?.pid ?? 0, "SIGUSR1");
    });
    expect(result.exitCode).toBe(41);
  });

  it("leaves the program's SIGTERM at its default", async () => {
    const result = await launch(command, ["/bin/sh", "-c", "kill -TERM $$; sleep 5"]);
    expect(result.exitCode).toBe(143);
  });

  it("says 127 for what is not there, and why in the log", async () => {
    const result = await launch(command, ["./missing-java"]);
    expect(result.exitCode).toBe(127);
    expect(result.log).toContain("missing-java");
  });

  it("ends what the program left behind", async () => {
    const result = await launch(command, ["/bin/sh", "-c", "sleep 600 & exit 0"]);
    expect(result.exitCode).toBe(0);
  });

  it("never looks at arguments as program text", async () => {
    const odd = ["$(touch /tmp/owned)", "`id`", "; exit 9", "a b", "*", "-n", "'\"\\"];
    const result = await launch(command, ["/bin/sh", "-c", 'printf "%s|" "$@"', "x", ...odd]);
    expect(result.log).toBe(`${odd.join("|")}|`);
    expect(result.exitCode).toBe(0);
  });
});
