import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { inParent } from "@/server/fs/contained/walk";
import type { pathInputSchema } from "../../contract";
import { type NbtFile, type NbtTag, nbtTagSchema } from "../../nbt-contract";
import { reachFiles } from "../reach-files";
import { readRange } from "../read-bytes";

const maxFileBytes = 16 * 1024 * 1024;
const maxMs = 10_000;
const limits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 2 };

const replySchema = z.object({ tree: z.object({ tag: nbtTagSchema, isComplete: z.boolean() }).nullable() });

/** The tags of an NBT file, packed or not. NOT_TEXT when it is none, FILE_TOO_LARGE. */
export async function readNbt(ctx: Ctx, { serverId, path }: z.output<typeof pathInputSchema>): Promise<NbtFile> {
  const { root } = await reachFiles(ctx, serverId, "files.view");
  return readNbtAt(ctx.files.nbtReader, root, path);
}

/** The same below a folder of ours, for verbs that have checked rights of their own. */
export async function readNbtAt(nbtReader: URL, root: string, path: string): Promise<NbtFile> {
  const { bytes, modifiedAt } = await inParent(root, path, async (parent, name) => {
    const file = await parent.openFile(name);
    try {
      const { size, mtime } = await file.stat();
      if (size > maxFileBytes)
        throw new AppError("FILE_TOO_LARGE", "The file is too large to be shown.", {
          size,
          limitMb: maxFileBytes / 1024 / 1024,
        });
      return { bytes: await readRange(file, 0, size), modifiedAt: mtime };
    } finally {
      await file.close();
    }
  });
  const tree = await parse(nbtReader, bytes);
  if (!tree) throw new AppError("NOT_TEXT", "The file holds no tags that can be read.", { path, size: bytes.length });
  return { ...tree, size: bytes.length, modifiedAt };
}

/** Null when the thread could not read it, or took too much memory or time. */
function parse(program: URL, bytes: Buffer): Promise<{ tag: NbtTag; isComplete: boolean } | null> {
  return new Promise((resolve) => {
    const worker = new Worker(program, { workerData: bytes, resourceLimits: limits, env: {} });
    const end = (tree: { tag: NbtTag; isComplete: boolean } | null) => {
      clearTimeout(timer);
      resolve(tree);
      void worker.terminate();
    };
    const timer = setTimeout(() => end(null), maxMs);
    worker.once("message", (reply) => end(replySchema.safeParse(reply).data?.tree ?? null));
    worker.once("error", () => end(null));
    worker.once("exit", () => end(null));
  });
}
