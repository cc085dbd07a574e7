import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "@/server/errors";
import { syncFolder } from "@/server/fs/sync-folder";
import { downloadFile } from "@/server/http/download-file";
import type { OutboundClient } from "@/server/http/guarded-fetch";
import type { ServerType } from "../contract";
import { createSharedFlights } from "./shared-flights";

/** Where a jar comes from and what it must be. */
export interface JarDownload {
  type: ServerType;
  url: string;
  checksumAlgorithm: "sha1" | "sha256";
  /** Lower case hexadecimal. */
  checksum: string;
  sizeBytes: number;
}

export interface FetchJarOptions {
  signal?: AbortSignal;
  /** Bytes so far and in all; called often. A jar that is already here reports all of it at once. */
  onProgress?: (bytes: number, total: number) => void;
}

export interface JarCache {
  /**
   * Absolute path of the jar, downloaded if it is not here or damaged; its size and checksum are verified on every call.
   * Callers at the same time share one download, which ends early only when all of them have cancelled. Throws
   * UPSTREAM_FAILED, DOWNLOAD_REFUSED, CHECKSUM_MISMATCH, DISK_FULL or the signal's reason. The file is shared: copy it, never
   * link or change it.
   */
  fetchJar(download: JarDownload, options?: FetchJarOptions): Promise<string>;
  /** Removes half downloads that a crash left. To be called once, before the first `fetchJar`. */
  removeLeftovers(): Promise<void>;
}

export interface JarCacheOptions {
  /** Absolute path of the folder that holds one file per checksum. */
  folder: string;
  client: OutboundClient;
  /** Hosts that a type's jars may come from. */
  hostsFor(type: ServerType): readonly string[];
}

const partSuffix = ".part";

/** Server jars on disk, one file per checksum, shared by all servers. */
export function createJarCache({ folder, client, hostsFor }: JarCacheOptions): JarCache {
  const flights = createSharedFlights<string>();

  const obtain = async (
    download: JarDownload,
    signal: AbortSignal,
    onProgress: (bytes: number, total: number) => void,
  ) => {
    const path = join(folder, download.checksum);
    if (await isIntact(path, download, signal)) {
      onProgress(download.sizeBytes, download.sizeBytes);
      return path;
    }
    const part = `${path}.${randomUUID()}${partSuffix}`;
    const { sizeBytes, checksumAlgorithm, checksum } = download;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await downloadFile(client, download.url, {
      target: part,
      sizeBytes,
      checksum: { algorithm: checksumAlgorithm, value: checksum },
      allowedHosts: hostsFor(download.type),
      signal,
      onProgress,
    });
    await rename(part, path);
    await syncFolder(folder);
    return path;
  };

  return {
    async fetchJar(download, { signal, onProgress } = {}) {
      assertChecksum(download);
      return flights.join(download.checksum, (shared) => obtain(download, shared.signal, shared.report), {
        signal,
        onProgress,
      });
    },
    async removeLeftovers() {
      const names = await readdir(folder).catch(() => []);
      const parts = names.filter((name) => name.endsWith(partSuffix));
      await Promise.all(parts.map((name) => rm(join(folder, name), { force: true })));
    },
  };
}

/** The checksum becomes a file name. */
function assertChecksum({ checksumAlgorithm, checksum }: JarDownload): void {
  const length = checksumAlgorithm === "sha1" ? 40 : 64;
  if (checksum.length === length && /^[0-9a-f]+$/.test(checksum)) return;
  throw new AppError("CHECKSUM_MISMATCH", "The version's checksum is not one.", { reason: "checksum" });
}

async function isIntact(path: string, download: JarDownload, signal: AbortSignal): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() || found.size !== download.sizeBytes) return false;
  const hash = createHash(download.checksumAlgorithm);
  await pipeline(createReadStream(path), hash, { signal });
  return hash.digest("hex") === download.checksum;
}
