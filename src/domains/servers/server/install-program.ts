import { chown, copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@/server/errors";
import { syncFilesystem } from "@/server/fs/sync-filesystem";
import { runInstaller } from "../../launch/server/installer/run-installer";
import { findProgram } from "./find-program";
import type { ServerProgram } from "./table";

export interface InstallRequest {
  javaPath: string;
  /** The checked installer, somewhere else. */
  installer: string;
  systemEnv: Readonly<Record<string, string>>;
  signal: AbortSignal;
  onOutput(lines: readonly string[]): void;
}

const jar = "installer.jar";
const temp = ".installer-tmp";

/**
 * Runs an installer in a folder that nobody uses yet, under the folder's own uid, and says what it has put together. What is left of the
 * installer itself goes. Nothing in the folder may be touched by path afterwards but by what never follows a link. Throws INSTALL_FAILED.
 */
export async function installProgram(
  folder: string,
  uid: number | null,
  { javaPath, installer, systemEnv, signal, onOutput }: InstallRequest,
): Promise<ServerProgram> {
  await copyFile(installer, join(folder, jar));
  await mkdir(join(folder, temp), { mode: 0o700 });
  if (uid !== null) for (const name of [jar, temp]) await chown(join(folder, name), uid, uid);
  await runInstaller({ javaPath, folder, jar, temp, uid, systemEnv, signal, onOutput });
  for (const name of [jar, `${jar}.log`, temp]) await rm(join(folder, name), { recursive: true, force: true });
  const program = await findProgram(folder);
  if (!program) {
    throw new AppError("INSTALL_FAILED", "The installer ended well, but there is nothing that could be run.", {
      reason: "nothing",
      code: 0,
      lines: [],
    });
  }
  await syncFilesystem(folder, []);
  return program;
}
