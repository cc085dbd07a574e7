import { spawn } from "node:child_process";
import { once } from "node:events";
import { BootError } from "@/server/boot-error";
import { databaseUser } from "./postgres-settings";
import type { SpawnOptions } from "./spawn-postmaster";

/**
 * Gives the database's user a new password while no postmaster runs (single-user mode): for a data folder that came back
 * from a backup without its password file. Whoever can do this owns the files anyway.
 */
export async function resetPassword(options: SpawnOptions, password: string): Promise<void> {
  const child = spawn(
    options.binaries.postgres,
    ["--single", "-D", options.clusterFolder, "-c", "log_min_messages=fatal", "postgres"],
    {
      ...(options.uid === null ? {} : { uid: options.uid, gid: options.uid }),
      cwd: "/",
      env: { TZ: "UTC", LC_ALL: "C" },
      stdio: ["pipe", "ignore", "ignore"],
      timeout: 60_000,
    },
  );
  child.stdin.end(`ALTER ROLE ${databaseUser} PASSWORD '${password}'\n`);
  const [code] = await once(child, "exit");
  if (code !== 0)
    throw new BootError(
      `The password of the embedded database in ${options.clusterFolder} could not be set: see ${options.logFile}`,
    );
}
