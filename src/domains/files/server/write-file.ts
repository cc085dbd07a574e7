import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import type { z } from "zod";
import { keepSecrets } from "@/lib/keep-secrets";
import type { Ctx } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import { inParent } from "@/server/fs/contained/walk";
import { withDiskRoom } from "../../servers/server/owner-limits";
import { type FileEntry, maxTextBytes, type writeFileInputSchema } from "../contract";
import { findEntry } from "./list-files";
import { placeFile } from "./place-file";
import { type FilePlace, reachFiles } from "./reach-files";
import { etagOf, readRange } from "./read-bytes";
import { decodeText, detectEncoding, encodeText } from "./text-encoding";

type Input = z.output<typeof writeFileInputSchema>;

/** Saves a text. FILE_CHANGED when it is not any more what the etag says; the previous content is kept in the file's history. */
export async function writeTextFile(ctx: Ctx, input: Input): Promise<{ etag: string; entry: FileEntry }> {
  const place = await reachFiles(ctx, input.serverId, "files.edit");
  const there = await readPresent(place.root, input.path);
  const encoding = input.encoding ?? there?.encoding ?? "utf8";
  const content = there ? keepSecrets(input.path, input.content, there.text) : input.content;
  const bytes = encodeText(content, encoding);
  if (bytes.length > maxTextBytes)
    throw new AppError("FILE_TOO_LARGE", "The text is too large to be saved here; upload it as a file.", {
      size: bytes.length,
      limitMb: maxTextBytes / 1024 / 1024,
    });
  const etag = etagOf(bytes);
  const isAsExpected = input.etag === undefined || input.etag === etag;
  // Saved as it is: no change, so none to keep either.
  if (there?.etag === etag && isAsExpected) return { etag, entry: await findEntry(place.root, input.path) };
  const grows = bytes.length - (there?.size ?? 0);
  const entry = await withDiskRoom(ctx, { ownerId: place.record.ownerId, bytes: grows }, () =>
    putBytes(ctx, { place, path: input.path, bytes, reason: "save", action: "files.write", expected: input.etag }),
  );
  return { etag, entry };
}

interface Putting {
  place: FilePlace;
  path: string;
  bytes: Buffer;
  reason: "save" | "rollback";
  action: string;
  details?: Record<string, unknown>;
  expected?: string | null;
}

/** Written beside, flushed, and renamed. */
export async function putBytes(ctx: Ctx, { bytes, ...putting }: Putting): Promise<FileEntry> {
  const temporary = ctx.dataDir.paths.upload(randomUUID());
  try {
    const file = await open(temporary, "wx", 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    const { details } = putting;
    return await placeFile(ctx, { ...putting, temporary, details: { ...details, bytes: bytes.length } });
  } finally {
    await rm(temporary, { force: true });
  }
}

/** The text that is there now, as far as it is one. */
async function readPresent(root: string, path: string) {
  const read = inParent(root, path, async (folder, name) => {
    const stat = await folder.stat(name);
    if (!stat?.isFile()) return null;
    if (stat.size > maxTextBytes) return { text: "", encoding: undefined, size: stat.size, etag: null };
    const file = await folder.openFile(name);
    try {
      const bytes = await readRange(file, 0, maxTextBytes);
      const encoding = detectEncoding(bytes, { isPart: false }) ?? undefined;
      return { text: encoding ? decodeText(bytes, encoding) : "", encoding, size: bytes.length, etag: etagOf(bytes) };
    } finally {
      await file.close();
    }
  });
  return read.catch((error: unknown) => {
    if (isAppError(error) && error.code === "PATH_NOT_FOUND") return null;
    throw error;
  });
}
