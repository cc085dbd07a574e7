import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { openFolderAt } from "@/server/fs/contained/walk";
import { measureFolder } from "@/server/fs/measure-folder";
import type { FolderSize, pathInputSchema } from "../contract";
import { reachFiles } from "./reach-files";

/** How much a folder holds, counted now. */
export async function measurePath(ctx: Ctx, { serverId, path }: z.output<typeof pathInputSchema>): Promise<FolderSize> {
  const { root } = await reachFiles(ctx, serverId, "files.view");
  const folder = await openFolderAt(root, path);
  try {
    return await measureFolder(folder.place, { enough: Number.MAX_SAFE_INTEGER });
  } finally {
    await folder.close();
  }
}
