import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "@/server/errors";
import { syncFolder } from "@/server/fs/sync-folder";
import { downloadFile } from "@/server/http/download-file";
import type { OutboundClient } from "@/server/http/guarded-fetch";
import type { ServerType, VersionForm } from "../contract";
import { checkLauncher, type LauncherContent, maxLauncherBytes } from "./check-launcher";
import { createSharedFlights } from "./shared-flights";

/** Where a jar comes from and what it must be. */
export interface JarDownload {
  type: ServerType;
  url: string;
  form: VersionForm;
  /** Null where the upstream publishes none: then the jar is known by what is in it. */
  checksum: FileChecksum | null;
  /** Null where the upstream does not tell it. */
  sizeBytes: number | null;
  /** What a jar without a checksum must say of itself. */
  content: LauncherContent | null;
}

export interface FileChecksum {
  algorithm: "sha1" | "sha256" | "md5";
  /** Lower case hexadecimal. */
  value: string;
}

export interface FetchJarOptions {
  signal?: AbortSignal;
  /** Bytes so far and in all (null: nobody knows); called often. A jar that is already here reports all of it at once. */
  onProgress?: (bytes: number, total: number | null) => void;
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
  /** The most bytes that are taken where no size is announced. */
  maxBytes?: Readonly<Record<VersionForm, number>>;
}

const partSuffix = ".part";
const hexLength = { sha1: 40, sha256: 64, md5: 32 } as const;
const usualMaxBytes = { jar: 2 ** 28, installer: 2 ** 27, launcher: maxLauncherBytes } as const;

/** Server jars on disk, one file per checksum, shared by all servers. */
export function createJarCache({ folder, client, hostsFor, maxBytes = usualMaxBytes }: JarCacheOptions): JarCache {
  const flights = createSharedFlights<string>();

  const obtain = async (
    download: JarDownload,
    signal: AbortSignal,
    onProgress: (bytes: number, total: number | null) => void,
  ) => {
    const found = await findIntact(folder, download, signal);
    if (found) {
      onProgress(found.size, found.size);
      return found.path;
    }
    const { sizeBytes, checksum, content, form } = download;
    const part = join(folder, `${keyOf(download)}.${randomUUID()}${partSuffix}`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const digest = await downloadFile(client, download.url, {
      target: part,
      sizeBytes,
      maxBytes: maxBytes[form],
      checksum,
      allowedHosts: hostsFor(download.type),
      signal,
      onProgress,
    });
    if (content) {
      await checkLauncher(part, content).catch(async (error: unknown) => {
        await rm(part, { force: true });
        throw error;
      });
    }
    const path = join(folder, checksum ? checksum.value : `${keyOf(download)}-${digest}`);
    await rename(part, path);
    await syncFolder(folder);
    return path;
  };

  return {
    async fetchJar(download, { signal, onProgress } = {}) {
      assertCheckable(download);
      return flights.join(keyOf(download), (shared) => obtain(download, shared.signal, shared.report), {
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

/** The checksum becomes a file name, and a file without one must have something else to be known by. */
function assertCheckable({ checksum, content }: JarDownload): void {
  if (checksum === null ? content !== null : isHex(checksum.value, hexLength[checksum.algorithm])) return;
  throw new AppError("CHECKSUM_MISMATCH", "The version's checksum is not one.", { reason: "checksum" });
}

function isHex(text: string, length: number): boolean {
  return text.length === length && /^[0-9a-f]+$/.test(text);
}

/** The name of the file, or its first half: what has no checksum is told apart by its address, and then by its own SHA-256. */
function keyOf({ checksum, url }: JarDownload): string {
  return checksum?.value ?? createHash("sha256").update(url).digest("hex");
}

async function findIntact(
  folder: string,
  download: JarDownload,
  signal: AbortSignal,
): Promise<{ path: string; size: number } | null> {
  for (const { name, checksum } of await listCandidates(folder, download)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (!found?.isFile() || (download.sizeBytes !== null && found.size !== download.sizeBytes)) continue;
    const hash = createHash(checksum.algorithm);
    await pipeline(createReadStream(path), hash, { signal });
    if (hash.digest("hex") === checksum.value) return { path, size: found.size };
  }
  return null;
}

async function listCandidates(
  folder: string,
  download: JarDownload,
): Promise<readonly { name: string; checksum: FileChecksum }[]> {
  const { checksum } = download;
  if (checksum) return [{ name: checksum.value, checksum }];
  const start = `${keyOf(download)}-`;
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.startsWith(start) && isHex(name.slice(start.length), hexLength.sha256))
    .map((name) => ({ name, checksum: { algorithm: "sha256", value: name.slice(start.length) } }));
}
