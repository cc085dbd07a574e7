import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { isAppError } from "@/server/errors";
import type { deleteManyInputSchema, FileEntry, ManyResult, moveManyInputSchema } from "../contract";
import { deleteWithin } from "./delete-path";
import { moveWithin } from "./move-path";
import { reachFiles } from "./reach-files";
import { pathIn } from "./to-entry";

/** Moves several entries into one folder. */
export async function moveMany(ctx: Ctx, input: z.output<typeof moveManyInputSchema>): Promise<ManyResult> {
  const place = await reachFiles(ctx, input.serverId, "files.edit");
  return each(input.paths, async (path) => ({
    entry: await moveWithin(ctx, place, { path, to: pathIn(input.to, path.slice(path.lastIndexOf("/") + 1)) }),
  }));
}

/** Moves several entries into the trash. */
export async function deleteMany(ctx: Ctx, input: z.output<typeof deleteManyInputSchema>): Promise<ManyResult> {
  const place = await reachFiles(ctx, input.serverId, "files.delete");
  return each(input.paths, async (path) => {
    const { trashId, ...entry } = await deleteWithin(ctx, place, path);
    return { entry, trashId };
  });
}

/** One after the other; what one of them is refused for is its own. */
async function each(
  paths: readonly string[],
  work: (path: string) => Promise<{ entry: FileEntry; trashId?: string }>,
): Promise<ManyResult> {
  const result: ManyResult = { done: [], failed: [] };
  for (const path of new Set(paths)) {
    try {
      result.done.push({ path, ...(await work(path)) });
    } catch (error) {
      if (!isAppError(error)) throw error;
      result.failed.push({ path, code: error.code, message: error.message });
    }
  }
  return result;
}
