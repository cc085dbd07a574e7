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
}

/**
 * The version to install, from the cache alone; its Java must be there, unless it comes with a container's image. Nothing has
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
    return { download: null, build: null, requiredJava: input.javaMajor ?? requiredJava(input.version) };
  }
  const { entry, download } = await findVersion(ctx, { type: input.type, version: input.version, build: input.build });
  if (isHost) await ctx.java.resolve(input.javaMajor ?? entry.javaMajor);
  return { download, build: entry.build, requiredJava: entry.javaMajor };
}
