import type { Ctx } from "@/server/context";
import { requiredJava } from "../../java/server/required-java";
import type { LaunchKind } from "../../launch/contract";
import type { ServerType } from "../../versions/contract";
import { findVersion } from "../../versions/server/find-version";
import type { JarDownload } from "../../versions/server/jar-cache";

export interface ChosenVersion {
  /** Null for a custom jar. */
  download: JarDownload | null;
  build: string | null;
  requiredJava: number;
  /** The Java that runs the installer; null where what is downloaded is the server itself. */
  installJava: string | null;
}

/**
 * The version to install, from the cache alone; its Java must be there, unless it comes with a container's image and nothing has to be installed. Nothing has
 * been changed when it throws.
 */
export async function chooseVersion(
  ctx: Ctx,
  input: { type: ServerType; version: string; build?: string; javaMajor?: number | null },
  launchKind: LaunchKind,
): Promise<ChosenVersion> {
  const isHost = launchKind === "host";
  if (input.type === "custom") {
    if (isHost && input.javaMajor) await ctx.java.resolve(input.javaMajor);
    return {
      download: null,
      build: null,
      requiredJava: input.javaMajor ?? requiredJava(input.version),
      installJava: null,
    };
  }
  const { entry, download } = await findVersion(ctx, { type: input.type, version: input.version, build: input.build });
  const isInstaller = download.form === "installer";
  // Installers run here, whatever the server itself will be run in.
  const major = isHost ? (input.javaMajor ?? entry.javaMajor) : entry.javaMajor;
  const java = isHost || isInstaller ? await ctx.java.resolve(major) : null;
  return {
    download,
    build: entry.build,
    requiredJava: entry.javaMajor,
    installJava: isInstaller ? (java?.path ?? null) : null,
  };
}
