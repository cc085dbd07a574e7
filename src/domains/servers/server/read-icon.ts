import type { Ctx } from "@/server/context";
import { nullIfUnreachable } from "@/server/fs/contained/walk";
import { isServerIcon } from "../../files/server/check-icon";
import { filePlace } from "../../files/server/reach-files";
import { reachServer } from "./policy";
import { openServerFolder } from "./server-folder";

/** A picture of 64 x 64 pixels is never larger than a little above its 16 KiB of pixels. */
const largestIcon = 64 * 1024;

/** The icon that the game shows, as a data address; null where there is none that it would take. */
export async function readServerIcon(ctx: Ctx, input: { serverId: string }): Promise<{ icon: string | null }> {
  const { root, uid } = filePlace(ctx, await reachServer(ctx, input.serverId, "servers.view"));
  const bytes = await openServerFolder(root, uid).readBytes("server-icon.png").catch(nullIfUnreachable);
  const isShown = bytes !== null && bytes.length <= largestIcon && isServerIcon(bytes);
  return { icon: isShown ? `data:image/png;base64,${bytes.toString("base64")}` : null };
}
