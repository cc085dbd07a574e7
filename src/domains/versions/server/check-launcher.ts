import { readSmallZip } from "@/server/archive/read-small-zip";
import { AppError } from "@/server/errors";

/** What a launcher jar must say of itself. */
export interface LauncherContent {
  gameVersion: string;
  loaderVersion: string;
}

/** Real ones have about 200 kB. */
export const maxLauncherBytes = 16 * 1024 * 1024;

/**
 * Stands in for the checksum that Fabric does not publish: the jar must be a whole ZIP, every entry of which has its own checksum, and its
 * `install.properties` must name the version that was asked for. Throws CHECKSUM_MISMATCH.
 */
export async function checkLauncher(path: string, { gameVersion, loaderVersion }: LauncherContent): Promise<void> {
  const request = { wanted: "install.properties", maxBytes: maxLauncherBytes };
  const text = await readSmallZip(path, request).catch((cause) => {
    throw new AppError(
      "CHECKSUM_MISMATCH",
      "The downloaded file is not a whole jar.",
      { reason: "content" },
      { cause },
    );
  });
  const said = new Map(
    Array.from((text ?? "").matchAll(/^([\w-]+)\s*=\s*(.*?)\s*$/gm), ([, key = "", value = ""]) => [key, value]),
  );
  const loader = said.get("fabric-loader-version");
  if (said.get("game-version") === gameVersion && (loader === undefined || loader === loaderVersion)) return;
  throw new AppError("CHECKSUM_MISMATCH", `The downloaded jar is not for ${gameVersion}.`, {
    reason: "content",
    found: said.get("game-version") ?? null,
  });
}
