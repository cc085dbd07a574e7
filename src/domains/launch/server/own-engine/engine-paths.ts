import { join } from "node:path";

export interface EnginePaths {
  /** Images, containers and volumes, kept in the data folder. */
  dataRoot: string;
  log: string;
  /**
   * What lasts as long as the engine, readable by root alone. Not in the data folder: the path of a socket may have 107 bytes,
   * and the engine adds some fifty of its own.
   */
  runFolder: string;
  execRoot: string;
  socket: string;
  pidFile: string;
  containerdPidFile: string;
  /** An empty one, so that the engine does not read that of the machine's other engine. */
  config: string;
  /** In which life of this machine or container the run folder was made. */
  life: string;
}

export function enginePaths({ dataRoot, installationId }: { dataRoot: string; installationId: string }): EnginePaths {
  const runFolder = `/run/mcsd-${installationId.slice(0, 12)}`;
  const execRoot = join(runFolder, "exec");
  return {
    dataRoot,
    log: join(dataRoot, "engine.log"),
    runFolder,
    execRoot,
    socket: join(runFolder, "docker.sock"),
    pidFile: join(runFolder, "docker.pid"),
    containerdPidFile: join(execRoot, "containerd", "containerd.pid"),
    config: join(runFolder, "daemon.json"),
    life: join(runFolder, "life"),
  };
}
