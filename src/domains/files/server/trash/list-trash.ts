import type { Ctx } from "@/server/context";
import type { TrashItem } from "../../contract";
import { reachFiles } from "../reach-files";
import { listItems } from "./trash-item";

/** What was deleted from a server's files and is still there, newest first. */
export async function listTrash(ctx: Ctx, { serverId }: { serverId: string }): Promise<TrashItem[]> {
  const { record } = await reachFiles(ctx, serverId, "files.view");
  return listItems(ctx.dataDir.paths, record.id);
}
