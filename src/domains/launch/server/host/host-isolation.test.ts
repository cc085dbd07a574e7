import { execFile } from "node:child_process";
import { chmod, mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LaunchSpec } from "../launch-strategy";
import { createHostHarness, type HostHarness } from "./host-harness";
import { runPaths } from "./run-paths";

const never = new AbortController().signal;

describe.runIf(process.getuid?.() === 0)("a server with a uid of its own", () => {
  let harness: HostHarness;
  beforeEach(async () => {
    harness = await createHostHarness({ isRoot: true });
  });
  afterEach(() => harness.close());

  async function output(spec: LaunchSpec): Promise<string> {
    await (await harness.open().start(spec, never)).exited;
    return harness.readLog(spec.serverId);
  }

  it("has that uid and gid, no supplementary groups and no capabilities", async () => {
    const spec = await harness.newShell("grep -E '^(Uid|Gid|Groups|CapEff|CapPrm):' /proc/self/status");
    const ids = Array.from({ length: 4 }, () => spec.uid).join("\t");
    const none = "0000000000000000";
    const lines = (await output(spec))
      .trim()
      .split("\n")
      .map((line) => line.trim());
    expect(lines).toEqual([`Uid:\t${ids}`, `Gid:\t${ids}`, "Groups:", `CapPrm:\t${none}`, `CapEff:\t${none}`]);
  });

  it("loses the groups that mcsd itself has", async () => {
    const groups =
      "const { spawn } = require('node:child_process');" +
      "spawn('/usr/bin/id', ['-G'], { uid: 231500, gid: 231500, stdio: 'inherit' });";
    const { stdout } = await promisify(execFile)("setpriv", ["--groups", "4,20,27", process.execPath, "-e", groups]);
    expect(stdout.trim()).toBe("231500");
  });

  it("can read neither its run folder nor another server's files, and not mcsd's environment", async () => {
    const other = await harness.newShell("echo secret >file; chmod 644 file; read -r line");
    await harness.open().start(other, never);
    const spy = await harness.newShell("");
    const own = runPaths(harness.runRoot, spy.serverId);
    const targets = [
      own.folder,
      own.log,
      own.status,
      own.input,
      harness.runRoot,
      other.folder,
      join(other.folder, "file"),
      runPaths(harness.runRoot, other.serverId).log,
      `/proc/${process.pid}/environ`,
      `/proc/${process.pid}/fd`,
      spy.folder,
    ];
    const program = `for path in "$@"; do
      (cat "$path" || ls "$path/.") >/dev/null 2>&1 && echo "read $path"
      (echo x >>"$path" || echo x >"$path/new") 2>/dev/null && echo "wrote $path"
    done; id -u`;
    const log = await output({ ...spy, programArgs: ["-c", program, "spy", ...targets] });
    expect(log.trim().split("\n")).toEqual([`read ${spy.folder}`, `wrote ${spy.folder}`, String(spy.uid)]);
  });

  it("owns its folder, closed to everybody else, whatever mcsd had put into it", async () => {
    const spec = await harness.newShell("echo more >world/level.dat && echo fine");
    await mkdir(join(spec.folder, "world"));
    await writeFile(join(spec.folder, "world/level.dat"), "root's");
    await chmod(spec.folder, 0o755);
    expect(await output(spec)).toBe("fine\n");
    expect(await stat(spec.folder)).toMatchObject({ uid: spec.uid, gid: spec.uid, mode: 0o40700 });
  });

  it("cannot make mcsd signal another process by writing to what it can reach", async () => {
    const program = "ls /proc/$PPID/fd >/dev/null && echo x >>/proc/$PPID/fd/3; echo tried";
    expect(await output(await harness.newShell(program))).toMatch(/(Permission denied|cannot create)[\s\S]*tried/);
  });

  it("is told when its user cannot get into the folder", async () => {
    const spec = await harness.newShell("true");
    await chmod(harness.root, 0o700);
    expect(await harness.open().preflight(spec)).toMatchObject([
      { code: "FOLDER_UNREACHABLE", details: { ancestor: harness.root } },
    ]);
  });
});
