import { execFile } from "node:child_process";
import { open } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Makes everything written so far to the file system of `folder` survive a power cut: one `syncfs` by way of coreutils'
 * `sync -f`, which costs far less than a flush per file. Without that program each of `files` is flushed by itself.
 */
export async function syncFilesystem(folder: string, files: readonly (string | Buffer)[]): Promise<void> {
  try {
    await run("sync", ["-f", folder], { timeout: 600_000 });
  } catch {
    for (const path of files) {
      const file = await open(path, "r");
      try {
        await file.sync();
      } finally {
        await file.close();
      }
    }
  }
}
