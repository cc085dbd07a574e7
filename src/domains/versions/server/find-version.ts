import type { Database } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import type { ServerType, VersionEntry } from "../contract";
import type { JarDownload } from "./jar-cache";
import { findVersionRow } from "./repository";
import type { VersionRow } from "./table";
import { toVersionEntry } from "./to-version-entry";

export interface WantedVersion {
  type: ServerType;
  version: string;
  /** Left out: the newest stable build, else the newest. */
  build?: string;
}

/** A version with where its jar comes from. Throws VERSION_NOT_FOUND when the cache does not hold it. */
export async function findVersion(
  { db }: { db: Database },
  wanted: WantedVersion,
): Promise<{ entry: VersionEntry; download: JarDownload }> {
  const row = await findVersionRow(db, wanted);
  if (!row) {
    const { type, version, build } = wanted;
    const name = [type, version, build && `build ${build}`].filter(Boolean).join(" ");
    throw new AppError("VERSION_NOT_FOUND", `${name} is not among the known versions.`, { type, version, build });
  }
  return { entry: toVersionEntry(row), download: toDownload(row) };
}

function toDownload({
  type,
  version,
  build,
  url,
  form,
  checksumAlgorithm,
  checksum,
  sizeBytes,
}: VersionRow): JarDownload {
  const known = checksumAlgorithm && checksum ? { algorithm: checksumAlgorithm, value: checksum } : null;
  const content = form === "launcher" ? { gameVersion: version, loaderVersion: build } : null;
  return { type, url, form, checksum: known, sizeBytes, content };
}
