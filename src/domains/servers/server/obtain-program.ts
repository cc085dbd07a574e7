import { constants } from "node:fs";
import { chown, copyFile, lstat, open } from "node:fs/promises";
import { join } from "node:path";
import type { Ctx } from "@/server/context";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import type { JobControl } from "../../jobs/server/job-runner";
import type { ChosenVersion } from "./choose-version";
import type { InstalledJar, ServerProgram } from "./table";

/** What is remembered of what a server runs. */
export interface ObtainedProgram {
  jar: InstalledJar | null;
  program: ServerProgram | null;
}

/**
 * Brings what a version runs into an empty folder that nobody uses yet: from the cache, else downloaded and verified, owned by the
 * server's uid and flushed.
 */
export async function obtainProgram(
  ctx: Pick<Ctx, "jarCache">,
  { job, chosen, folder, uid }: { job: JobControl; chosen: ChosenVersion; folder: string; uid: number | null },
): Promise<ObtainedProgram> {
  const { download } = chosen;
  if (!download) return { jar: null, program: null };
  job.step("download");
  const cached = await ctx.jarCache.fetchJar(download, {
    signal: job.signal,
    onProgress: (bytes, total) => job.progress(bytes, total, "bytes"),
  });
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
  const { size, mtimeMs } = await lstat(path);
  return {
    jar: { algorithm: download.checksumAlgorithm, checksum: download.checksum, size, mtimeMs },
    program: null,
  };
}
