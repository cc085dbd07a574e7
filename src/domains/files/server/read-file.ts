import type { FileHandle } from "node:fs/promises";
import type { z } from "zod";
import { hideSecrets, mayHoldSecrets } from "@/lib/hide-secrets";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { inParent } from "@/server/fs/contained/walk";
import { type FileText, maxPartBytes, maxTextBytes, type readFileInputSchema } from "../contract";
import { isLivePath } from "../is-live-path";
import { reachFiles } from "./reach-files";
import { etagOf, readRange } from "./read-bytes";
import { decodeText, detectEncoding, lineEndOf, wholeCharacters } from "./text-encoding";

type Input = z.output<typeof readFileInputSchema>;

/** The text of a file, or with `start` a part of it. FILE_TOO_LARGE, NOT_TEXT, PATH_NOT_FOUND, PATH_BLOCKED. */
export async function readTextFile(ctx: Ctx, input: Input): Promise<FileText> {
  const { root } = await reachFiles(ctx, input.serverId, "files.view");
  return inParent(root, input.path, async (folder, name) => {
    const file = await folder.openFile(name);
    try {
      return await readText(file, input);
    } finally {
      await file.close();
    }
  });
}

async function readText(file: FileHandle, { path, start, length }: Input): Promise<FileText> {
  const { size, mtime } = await file.stat();
  // What is hidden is hidden in the whole: a part could begin in the middle of it.
  const isPart = start !== undefined && !mayHoldSecrets(path);
  if (!isPart && size > maxTextBytes)
    throw new AppError("FILE_TOO_LARGE", "The file is too large to be read at once; ask for a part of it.", {
      size,
      limitMb: maxTextBytes / 1024 / 1024,
    });
  const from = isPart ? Math.min(size, start < 0 ? Math.max(0, size + start) : start) : 0;
  const bytes = await readRange(file, from, isPart ? (length ?? maxPartBytes) : Math.min(size + 1, maxTextBytes));
  // How a part is to be understood, the beginning of the file says.
  const sample = isPart && from > 0 ? await readRange(file, 0, 64 * 1024) : bytes;
  const encoding = detectEncoding(sample, { isPart });
  if (encoding === null || (encoding !== "utf16le" && bytes.includes(0)))
    throw new AppError("NOT_TEXT", "The file is not text.", { path, size });
  const whole = isPart ? wholeCharacters(bytes, encoding) : { from: 0, to: bytes.length };
  const text = decodeText(bytes.subarray(whole.from, whole.to), encoding);
  const content = hideSecrets(path, text);
  return {
    path,
    content,
    etag: etagOf(bytes),
    encoding,
    lineEnd: lineEndOf(text),
    size,
    modifiedAt: mtime,
    ...(isPart ? { part: { start: from + whole.from, end: from + whole.to } } : {}),
    isLive: isLivePath(path),
    hasHiddenSecrets: content !== text,
  };
}
