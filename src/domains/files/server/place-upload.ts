import type { Ctx } from "@/server/context";
import { withDiskRoom } from "../../servers/server/owner-limits";
import { lookInside } from "../../snapshots/server/resolve-resource";
import type { FileEntry } from "../contract";
import { checkIcon } from "./check-icon";
import { placeFile } from "./place-file";
import type { FilePlace } from "./reach-files";

interface Upload {
  place: FilePlace;
  path: string;
  /** Flushed, of ours. */
  temporary: string;
  bytes: number;
  expected?: string | null;
  signal: AbortSignal;
}

/** What every way of uploading ends with: the owner's room is asked once more, and the file takes its place. */
export async function placeUpload(
  ctx: Ctx,
  { place, path, temporary, bytes, expected, signal }: Upload,
): Promise<FileEntry> {
  await checkIcon(path, temporary);
  const old = await lookInside(place.root, path);
  const replaced = old?.isFile() ? old.size : 0;
  return withDiskRoom(ctx, { ownerId: place.record.ownerId, bytes: bytes - replaced }, () =>
    placeFile(ctx, {
      place,
      path,
      temporary,
      reason: "upload",
      action: "files.upload",
      details: { bytes },
      expected,
      before: async () => signal.throwIfAborted(),
    }),
  );
}
