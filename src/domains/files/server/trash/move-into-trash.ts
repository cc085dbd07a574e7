import { randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { link, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Ctx } from "@/server/context";
import type { ContainedFolder } from "@/server/fs/contained/folder";
import { syncFolder } from "@/server/fs/sync-folder";
import { writeFileDurable } from "@/server/fs/write-file-durable";
import type { TrashItem } from "../../contract";
import type { FilePlace } from "../reach-files";
import { kindOf } from "../to-entry";
import { contentName, descriptionName, openItem } from "./trash-item";

interface Trashing {
  place: FilePlace;
  path: string;
  parent: ContainedFolder;
  name: string;
  stat: Stats;
  /** The file keeps its place too, until something else takes it. */
  isCopy?: boolean;
  /** Called when all is prepared, before the one step that moves it. */
  commit?(): Promise<void>;
}

/** Moves an entry out of the server's folder by one rename; it can be brought back for 7 days. Needs the server's turn. */
export async function moveIntoTrash(
  ctx: Pick<Ctx, "dataDir" | "clock" | "actor">,
  trashing: Trashing,
): Promise<string> {
  const { place, path, parent, name, stat } = trashing;
  const { paths } = ctx.dataDir;
  const trashId = randomUUID();
  const folder = paths.fileTrashItem(place.record.id, trashId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { actor } = ctx;
  const item: Omit<TrashItem, "trashId"> = {
    path,
    kind: kindOf(stat),
    size: stat.isFile() ? stat.size : null,
    deletedAt: ctx.clock.now(),
    deletedBy: actor.kind === "system" ? actor.name : actor.username,
  };
  await writeFileDurable(join(folder, descriptionName), JSON.stringify(item));
  await syncFolder(paths.fileTrash(place.record.id));
  await trashing.commit?.();
  const target = await openItem(paths, place.record.id, trashId);
  try {
    if (trashing.isCopy) await link(parent.pathOf(name), target.pathOf(contentName));
    else await parent.rename(name, target, contentName);
    await target.sync();
    await parent.sync();
  } finally {
    await target.close();
  }
  return trashId;
}
