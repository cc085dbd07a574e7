import type { LaunchSpec } from "../launch-strategy";
import { launchScript, launchScriptName } from "./launch-script";
import { fixedPath } from "./run-tool";

export interface LaunchCommand {
  file: string;
  args: readonly string[];
  env: Record<string, string>;
}

/** The launcher's command line. Its environment is the whole of what a server gets: nothing of mcsd's own reaches it. */
export function launchCommand(spec: LaunchSpec): LaunchCommand {
  return {
    file: "/bin/sh",
    args: ["-c", launchScript, launchScriptName, spec.javaPath, ...spec.jvmArgs, ...spec.programArgs],
    env: { PATH: fixedPath, HOME: spec.folder, TZ: "UTC", LANG: "C.UTF-8" },
  };
}
