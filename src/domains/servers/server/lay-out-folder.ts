import { chown, mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DataPaths } from "@/server/fs/data-paths";
import { syncFolder } from "@/server/fs/sync-folder";
import type { ObtainedProgram, PlaceProgram } from "./obtain-program";
import { eulaText, managedValues } from "./prepare-launch";
import { editProperties } from "./properties-file";
import { serverUid } from "./server-uid";
import type { servers } from "./table";

interface Place {
  paths: DataPaths;
  uidBase: number | null;
  rconPassword: string;
}

interface Content {
  values: typeof servers.$inferInsert & { uidNumber: number; eulaAcceptedAt: Date | null };
  properties: Record<string, string>;
  placeProgram: PlaceProgram;
}

/**
 * Builds a new server's folder beside its place and renames it in, flushed.
 * A crash leaves at most a folder that no row knows: recovery removes it by the create operation that is still open.
 */
export async function layOutFolder(
  place: Place,
  { values, properties, placeProgram }: Content,
): Promise<ObtainedProgram> {
  const staging = stagingFolder(place.paths, values.id);
  const uid = serverUid(place.uidBase, values);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { mode: 0o700 });
  const managed = managedValues(
    { port: values.port, rconPort: values.rconPort, type: values.type, launchKind: values.launchKind },
    { rconPassword: place.rconPassword, management: null },
  );
  const header = "#Minecraft server properties\n";
  await writeNew(
    join(staging, "server.properties"),
    editProperties(header, new Map([...Object.entries(properties), ...managed])),
  );
  if (values.eulaAcceptedAt) await writeNew(join(staging, "eula.txt"), eulaText(values.eulaAcceptedAt));
  if (uid !== null) {
    for (const name of ["server.properties", "eula.txt"])
      await chown(join(staging, name), uid, uid).catch(ignoreMissing);
    await chown(staging, uid, uid);
  }
  const obtained = await placeProgram(staging, uid);
  await syncFolder(staging);
  await rename(staging, place.paths.serverFolder(values.id));
  await syncFolder(place.paths.servers);
  return obtained;
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

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
