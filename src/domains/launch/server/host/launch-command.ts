import { childEnvironment, fixedPath } from "../child-environment";
import type { LaunchSpec } from "../launch-strategy";
import { launchScript, launchScriptName } from "./launch-script";

export interface LaunchCommand {
  file: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}

/** The launcher's command line. Its environment is the whole of what a server gets: nothing of mcsd's own reaches it. */
export function launchCommand(spec: LaunchSpec): LaunchCommand {
  return {
    file: "/bin/sh",
    args: ["-c", launchScript, launchScriptName, spec.javaPath, ...spec.jvmArgs, ...spec.programArgs],
    env: childEnvironment({ PATH: fixedPath, HOME: spec.folder, TZ: "UTC", LANG: "C.UTF-8" }),
  };
}
