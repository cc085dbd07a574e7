import { execFile } from "node:child_process";
import { chown, lchown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { BootError } from "@/server/boot-error";
import { syncFolder } from "@/server/fs/sync-folder";
import type { PostgresBinaries } from "./postgres-binaries";
import { postgresProcess } from "./postgres-process";
import { databaseUser } from "./postgres-settings";

const run = promisify(execFile);

/**
 * Makes a new cluster (UTF-8, C collation of code points, scram passwords, checksums). It is built beside and renamed, so
 * a killed run leaves nothing that looks like a cluster. `uid` owns it afterwards; null means the user that runs mcsd.
 */
export async function createCluster(options: {
  binaries: PostgresBinaries;
  clusterFolder: string;
  password: string;
  uid: number | null;
  /** Skips initdb's flush to disk; for throw-away clusters of tests. */
  noSync?: boolean;
}): Promise<void> {
  const { clusterFolder, uid } = options;
  const parent = dirname(clusterFolder);
  const prefix = `${basename(clusterFolder)}.init-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true, maxRetries: 10 });
  }

  const workshop = join(parent, `${prefix}${process.pid}`);
  const cluster = join(workshop, "cluster");
  const passwordFile = join(workshop, "password");
  await mkdir(workshop, { mode: 0o700 });
  try {
    await writeFile(passwordFile, options.password, { mode: 0o600 });
    const builder = uid === null ? null : await nobody();
    for (const path of builder === null ? [] : [workshop, passwordFile])
      await chown(path, builder?.uid ?? 0, builder?.gid ?? 0);
    await initdb({ ...options, cluster, passwordFile, builder });
    if (uid !== null) await giveTo(cluster, uid);
    await rename(cluster, clusterFolder);
    await syncFolder(parent);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function initdb(options: {
  binaries: PostgresBinaries;
  cluster: string;
  passwordFile: string;
  builder: { uid: number; gid: number } | null;
  noSync?: boolean;
}): Promise<void> {
  const args = ["-D", options.cluster, "-U", databaseUser, `--pwfile=${options.passwordFile}`, "--auth=scram-sha-256"];
  args.push(
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--wal-segsize=4",
  );
  if (options.noSync) args.push("--no-sync", "--no-instructions");
  try {
    await run(options.binaries.initdb, args, { ...postgresProcess(options.builder), timeout: 120_000 });
  } catch (error) {
    throw explain(error, options.cluster);
  }
}

/** initdb insists on a name for its uid, which a uid of our own has not; `postgres` itself does not care. */
async function nobody(): Promise<{ uid: number; gid: number }> {
  const accounts = (await readFile("/etc/passwd", "utf8").catch(() => "")).split("\n").map((line) => line.split(":"));
  const account = ["nobody", "daemon", "bin"]
    .map((name) => accounts.find((fields) => fields[0] === name))
    .find(Boolean);
  const [uid, gid] = [Number(account?.[2]), Number(account?.[3])];
  if (!(uid > 0) || !(gid >= 0)) {
    throw new BootError(
      "The embedded database cannot be made as root, because /etc/passwd has no user nobody: add one, or set DATABASE_URL",
    );
  }
  return { uid, gid };
}

/** Hands a whole tree to a user (and the group of the same number), links themselves and not what they point to. */
export async function giveTo(folder: string, uid: number): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    await (entry.isDirectory() ? giveTo(path, uid) : lchown(path, uid, uid));
  }
  await lchown(folder, uid, uid);
}

function explain(error: unknown, cluster: string): unknown {
  const { stderr } = error as { stderr?: unknown };
  const said = typeof stderr === "string" ? stderr.trim() : "";
  if (said.includes("could not look up effective user ID")) {
    return new BootError(
      `The embedded database cannot be made by uid ${process.getuid?.()}, which has no name in /etc/passwd: run mcsd as a user that has one, or set DATABASE_URL`,
      { cause: error },
    );
  }
  const reason = said.split("\n").find((line) => /error|fatal|could not|cannot/i.test(line)) ?? said.split("\n").at(-1);
  return new BootError(`The embedded database could not be made in ${cluster}: ${reason || String(error)}`, {
    cause: error,
  });
}
