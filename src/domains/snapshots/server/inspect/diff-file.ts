import type { z } from "zod";
import { diffLines } from "@/lib/diff-lines";
import { hideSecrets } from "@/lib/hide-secrets";
import type { Ctx } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import { inParent, nullIfUnreachable } from "@/server/fs/contained/walk";
import { reachServer } from "../../../servers/server/policy";
import type { diffFileInputSchema, FileDiff } from "../../contract";
import { reachComplete } from "../reach-snapshot";

/** Larger files are compared by size and content alone. */
const maxBytes = 512 * 1024;

type Side = Buffer | "too_large" | null;

/** The lines of a text file that are different between a snapshot and another one, or the file as it is now. */
export async function diffFile(ctx: Ctx, input: z.output<typeof diffFileInputSchema>): Promise<FileDiff> {
  const { row, server } = await reachComplete(ctx, input.snapshotId, "backups.view");
  if (server) await reachServer(ctx, server.id, "files.view");
  const before = await readFromSnapshot(ctx, input.snapshotId, input.path);
  let after: Side;
  if (input.withSnapshotId) {
    const other = await reachComplete(ctx, input.withSnapshotId, "backups.view");
    if (other.row.serverId !== row.serverId)
      throw new AppError("SNAPSHOT_NOT_FOUND", "That is a snapshot of another server.", {
        snapshotId: input.withSnapshotId,
      });
    after = await readFromSnapshot(ctx, input.withSnapshotId, input.path);
  } else after = server ? await readLive(ctx.dataDir.paths.serverFolder(server.id), input.path) : null;
  if (before === null && after === null)
    throw new AppError("PATH_NOT_FOUND", "Neither side has such a file.", { path: input.path });
  const sides = { before: before !== null, after: after !== null };
  if (before === "too_large" || after === "too_large") return { kind: "too_large", ...sides, lines: [] };
  if (isBinary(before) || isBinary(after)) return { kind: "binary", ...sides, lines: [] };
  const lines = diffLines(toText(before, input.path), toText(after, input.path));
  return lines ? { kind: "text", ...sides, lines } : { kind: "too_large", ...sides, lines: [] };
}

async function readFromSnapshot(ctx: Ctx, id: string, path: string): Promise<Side> {
  const found = await ctx.snapshots.engine.readFile({ id, path }).catch((error: unknown) => {
    if (isAppError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  });
  if (!found) return null;
  if (found.entry.size > maxBytes) return "too_large";
  const parts: Buffer[] = [];
  for await (const part of found.content) parts.push(part);
  return Buffer.concat(parts);
}

async function readLive(root: string, path: string): Promise<Side> {
  const read = inParent(root, path, async (folder, name) => {
    const file = await folder.openFile(name);
    try {
      return (await file.stat()).size > maxBytes ? "too_large" : await file.readFile();
    } finally {
      await file.close();
    }
  });
  return read.catch(nullIfUnreachable);
}

function isBinary(side: Buffer | null): boolean {
  return side?.includes(0) ?? false;
}

function toText(side: Buffer | null, path: string): string {
  return side === null ? "" : hideSecrets(path, side.toString("utf8"));
}
