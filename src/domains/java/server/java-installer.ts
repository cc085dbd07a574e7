import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { extractArchive } from "@/server/archive/extract-archive";
import { AppError } from "@/server/errors";
import { syncFilesystem } from "@/server/fs/sync-filesystem";
import { syncFolder } from "@/server/fs/sync-folder";
import { downloadFile } from "@/server/http/download-file";
import type { OutboundClient } from "@/server/http/guarded-fetch";
import { adoptiumHosts, findJavaPackage, ownMachine } from "./adoptium";
import { askJava } from "./ask-java";
import { openToAll } from "./open-to-all";

export interface JavaInstaller {
  /**
   * Fetches the newest Temurin of a major into the data folder and returns its version. It appears whole, by a rename, or not at all. Throws
   * STATE_CONFLICT (it is there, or being fetched), JAVA_UNAVAILABLE, UPSTREAM_FAILED, DOWNLOAD_REFUSED, CHECKSUM_MISMATCH,
   * ARCHIVE_REFUSED, JAVA_UNUSABLE, DISK_FULL, or the signal's reason.
   */
  install(major: number, progress: JavaProgress): Promise<{ version: string }>;
  /** Removes what `install` has made. Throws JAVA_NOT_INSTALLED when it has made none. */
  remove(major: number): Promise<void>;
  /** Removes what a crash left half done. To be called once, before the first `install`. */
  removeLeftovers(): Promise<void>;
}

export interface JavaProgress {
  signal: AbortSignal;
  onStep(step: "prepare" | "download" | "unpack" | "verify"): void;
  onBytes(done: number, total: number | null): void;
  /** The commit point is next. */
  onSeal(): void;
}

export interface JavaInstallerOptions {
  client: OutboundClient;
  baseUrl: URL;
  /** Absolute path of the data folder's `java`. */
  folder: string;
  extractorFile: string | URL;
}

/** A JDK with all its modules has about 350 MB and 2,000 files. */
const limits = {
  maxBytes: 2 ** 30,
  maxFiles: 20_000,
  maxFileBytes: 2 ** 29,
  maxRatio: 50,
  // Its licences are links to one another, and nothing that runs needs one.
  skipsLinks: true,
};
const [partPrefix, newPrefix, oldPrefix] = [".part-", ".new-", ".old-"];
const program = process.platform === "win32" ? "java.exe" : "java";

export function createJavaInstaller({ client, baseUrl, folder, extractorFile }: JavaInstallerOptions): JavaInstaller {
  const busy = new Set<number>();
  const homeOf = (major: number) => join(folder, String(major));

  const fetchInto = async (unpacked: string, major: number, { signal, onStep, onBytes }: JavaProgress) => {
    onStep("prepare");
    const found = await findJavaPackage({ client, baseUrl }, major, { machine: ownMachine(), signal });
    const part = join(folder, `${partPrefix}${randomUUID()}`);
    try {
      onStep("download");
      await downloadFile(client, found.url, {
        target: part,
        sizeBytes: found.sizeBytes,
        maxBytes: found.sizeBytes,
        checksum: { algorithm: "sha256", value: found.checksum },
        allowedHosts: [...adoptiumHosts, baseUrl.host],
        signal,
        onProgress: onBytes,
      });
      onStep("unpack");
      const onProgress = ({ bytes }: { bytes: number }) => onBytes(bytes, null);
      await extractArchive(extractorFile, { archive: part, target: unpacked, limits, signal, onProgress });
    } finally {
      await rm(part, { force: true });
    }
    return found;
  };

  const install = async (major: number, progress: JavaProgress): Promise<{ version: string }> => {
    const unpacked = join(folder, `${newPrefix}${randomUUID()}`);
    try {
      const { version } = await fetchInto(unpacked, major, progress);
      progress.onStep("verify");
      await openToAll(unpacked);
      const home = await findHome(unpacked);
      const answer = home === null ? null : await askJava(join(home, "bin", program), progress.signal);
      if (!home || answer?.major !== major) {
        const details = { required: major, found: answer ? answer.major : null };
        throw new AppError("JAVA_UNUSABLE", `What was downloaded does not run as Java ${major} here.`, details);
      }
      await syncFilesystem(unpacked, []);
      progress.onSeal();
      await putInPlace(home, homeOf(major));
      await syncFolder(folder);
      return { version };
    } finally {
      await rm(unpacked, { recursive: true, force: true });
    }
  };

  /** One that is there but does not run is put aside. */
  const putInPlace = async (home: string, target: string) => {
    const old = join(folder, `${oldPrefix}${randomUUID()}`);
    await rename(target, old).catch(ignoreMissing);
    await rename(home, target);
    await rm(old, { recursive: true, force: true });
  };

  const exclusively = async <T>(major: number, work: () => Promise<T>): Promise<T> => {
    if (busy.has(major))
      throw new AppError("STATE_CONFLICT", `Java ${major} is being worked on already.`, { required: major });
    busy.add(major);
    try {
      return await work();
    } finally {
      busy.delete(major);
    }
  };

  return {
    install: (major, progress) =>
      exclusively(major, async () => {
        const there = await askJava(join(homeOf(major), "bin", program), progress.signal);
        if (there?.major === major)
          throw new AppError("STATE_CONFLICT", `Java ${major} is installed already.`, { required: major });
        await mkdir(folder, { recursive: true });
        return install(major, progress);
      }),
    remove: (major) =>
      exclusively(major, async () => {
        const old = join(folder, `${oldPrefix}${randomUUID()}`);
        await rename(homeOf(major), old).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== "ENOENT") throw error;
          throw new AppError("JAVA_NOT_INSTALLED", `mcsd has installed no Java ${major}.`, { required: major });
        });
        await syncFolder(folder);
        await rm(old, { recursive: true, force: true });
      }),
    async removeLeftovers() {
      const names = await readdir(folder).catch(() => []);
      const left = names.filter((name) => [partPrefix, newPrefix, oldPrefix].some((prefix) => name.startsWith(prefix)));
      await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })));
    },
  };
}

/** The archive holds one folder with everything; on macOS the home is further in. */
async function findHome(unpacked: string): Promise<string | null> {
  const [only, ...more] = await readdir(unpacked);
  const top = only !== undefined && more.length === 0 ? join(unpacked, only) : unpacked;
  for (const home of [top, join(top, "Contents", "Home")])
    if (
      await stat(join(home, "bin", program)).then(
        (found) => found.isFile(),
        () => false,
      )
    )
      return home;
  return null;
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
