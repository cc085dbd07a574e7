import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { chown, copyFile, lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { DataPaths } from "@/server/fs/data-paths";
import { syncFolder } from "@/server/fs/sync-folder";
import type { JarDownload } from "../../versions/server/jar-cache";
import { eulaText, managedValues } from "./prepare-launch";
import { editProperties } from "./properties-file";
import { serverUid } from "./server-uid";
import type { InstalledJar, ServerProgram, servers } from "./table";

interface Place {
  paths: DataPaths;
  uidBase: number | null;
  rconPassword: string;
}

interface Content {
  values: typeof servers.$inferInsert & { uidNumber: number; eulaAcceptedAt: Date | null };
  cachedJar: string | null;
  download: JarDownload | null;
  properties: Record<string, string>;
  /** Where what was fetched is a program that puts the server together: runs it in the folder, under the given uid. */
  install: ((folder: string, uid: number | null) => Promise<ServerProgram>) | null;
}

/** What is remembered of what a server runs. */
export interface LaidOut {
  jar: InstalledJar | null;
  program: ServerProgram | null;
}

/**
 * Builds a new server's folder beside its place and renames it in, flushed.
 * A crash leaves at most a folder that no row knows: recovery removes it by the create operation that is still open.
 */
export async function layOutFolder(
  place: Place,
  { values, cachedJar, download, properties, install }: Content,
): Promise<LaidOut> {
  const staging = stagingFolder(place.paths, values.id);
  const uid = serverUid(place.uidBase, values);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { mode: 0o700 });
  const ownJar = install ? null : cachedJar;
  if (ownJar) await copyFile(ownJar, join(staging, "server.jar"), constants.COPYFILE_FICLONE);
  const managed = managedValues(
    { port: values.port, rconPort: values.rconPort, type: values.type, launchKind: values.launchKind },
    place.rconPassword,
  );
  const header = "#Minecraft server properties\n";
  await writeNew(
    join(staging, "server.properties"),
    editProperties(header, new Map([...Object.entries(properties), ...managed])),
  );
  if (values.eulaAcceptedAt) await writeNew(join(staging, "eula.txt"), eulaText(values.eulaAcceptedAt));
  const jar = ownJar && download ? await finishJar(join(staging, "server.jar"), download) : null;
  if (uid !== null) {
    for (const name of ["server.jar", "server.properties", "eula.txt"])
      await chown(join(staging, name), uid, uid).catch(ignoreMissing);
    await chown(staging, uid, uid);
  }
  // The last that writes in there: what it leaves behind is whatever its author likes.
  const program = install ? await install(staging, uid) : null;
  const installed = program?.kind === "jar" ? await describeJar(join(staging, program.file)) : null;
  await syncFolder(staging);
  await rename(staging, place.paths.serverFolder(values.id));
  await syncFolder(place.paths.servers);
  return { jar: jar ?? installed, program };
}

/** Removes whatever a create left, wherever it stopped. */
export async function removeLayout(paths: DataPaths, serverId: string): Promise<void> {
  await rm(stagingFolder(paths, serverId), { recursive: true, force: true });
  await rm(paths.serverFolder(serverId), { recursive: true, force: true });
}

/** Where a new server's folder is made, beside its place. */
export function stagingFolder(paths: DataPaths, serverId: string): string {
  return join(paths.servers, `.new-${serverId}`);
}

async function writeNew(path: string, content: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function finishJar(path: string, { checksum }: JarDownload): Promise<InstalledJar> {
  const file = await open(path, "r+");
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
  const known =
    checksum && checksum.algorithm !== "md5" ? { algorithm: checksum.algorithm, checksum: checksum.value } : null;
  return describeJar(path, known);
}

async function describeJar(
  path: string,
  known?: Pick<InstalledJar, "algorithm" | "checksum"> | null,
): Promise<InstalledJar> {
  const { size, mtimeMs } = await lstat(path);
  return { ...(known ?? (await sumUp(path))), size, mtimeMs };
}

/** For a jar whose upstream publishes no checksum, or one that can be forged: it was checked when it was fetched. */
async function sumUp(path: string): Promise<Pick<InstalledJar, "algorithm" | "checksum">> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { algorithm: "sha256", checksum: hash.digest("hex") };
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
