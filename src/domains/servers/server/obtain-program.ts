import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { chown, copyFile, lstat, open } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Ctx } from "@/server/context";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import type { JobControl } from "../../jobs/server/job-runner";
import type { JarDownload } from "../../versions/server/jar-cache";
import type { ChosenVersion } from "./choose-version";
import { installProgram } from "./install-program";
import type { InstalledJar, ServerProgram } from "./table";

/** What is remembered of what a server runs. */
export interface ObtainedProgram {
  jar: InstalledJar | null;
  program: ServerProgram | null;
}

/** Brings what a version runs into a folder that nobody uses yet, flushed and owned by the uid; an installer is run there for it. */
export type PlaceProgram = (folder: string, uid: number | null) => Promise<ObtainedProgram>;

/**
 * Fetches what a version runs, from the cache or else downloaded and verified. What it resolves with has to be the last that writes in a
 * new folder: what an installer leaves behind is whatever its author likes.
 */
export async function obtainProgram(
  ctx: Pick<Ctx, "jarCache" | "env">,
  job: JobControl,
  { download, installJava }: ChosenVersion,
): Promise<PlaceProgram> {
  if (!download) return async () => ({ jar: null, program: null });
  job.step("download");
  const cached = await ctx.jarCache.fetchJar(download, {
    signal: job.signal,
    onProgress: (bytes, total) => job.progress(bytes, total, "bytes"),
  });
  if (installJava === null)
    return async (folder, uid) => ({ jar: await putJar(cached, { folder, uid, download }), program: null });
  return async (folder, uid) => {
    job.step("install");
    const program = await installProgram(folder, uid, {
      javaPath: installJava,
      installer: cached,
      systemEnv: ctx.env.systemEnv,
      signal: job.signal,
      onOutput: (lines) => job.output(lines),
    });
    return { jar: program.kind === "jar" ? await describeJar(join(folder, program.file)) : null, program };
  };
}

async function putJar(
  cached: string,
  { folder, uid, download }: { folder: string; uid: number | null; download: JarDownload },
): Promise<InstalledJar> {
  const path = join(folder, "server.jar");
  await copyFile(cached, path, constants.COPYFILE_FICLONE).catch((error) => {
    throw explainDiskError(error);
  });
  const file = await open(path, "r+");
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
  if (uid !== null) await chown(path, uid, uid);
  const { checksum } = download;
  const known =
    checksum && checksum.algorithm !== "md5" ? { algorithm: checksum.algorithm, checksum: checksum.value } : null;
  return describeJar(path, known);
}

async function describeJar(
  path: string,
  known: Pick<InstalledJar, "algorithm" | "checksum"> | null = null,
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
