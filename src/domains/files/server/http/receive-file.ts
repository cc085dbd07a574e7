import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import type { Ctx } from "@/server/context";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import type { Transfer } from "@/server/http/open-transfer";
import { receiveBody } from "@/server/http/receive-body";
import { sendJson } from "@/server/http/send-json";
import { placeUpload } from "../place-upload";
import { reachFiles } from "../reach-files";
import { countUpload, requireUploadRoom, requireUploadSize, uploadLimit } from "../upload-rules";
import { pathInQuery } from "./path-in-query";

/**
 * `PUT /api/servers/{id}/files?path=…`: the body becomes the file, streamed into a temporary one of ours first; a failed upload
 * leaves nothing. `If-Match: "etag"` replaces only that content, `If-None-Match: *` makes only a new file.
 */
export async function receiveFile(
  ctx: Ctx,
  { request, response, serverId, signal }: Transfer & { serverId: string; signal: AbortSignal },
): Promise<void> {
  const place = await reachFiles(ctx, serverId, "files.upload");
  const path = pathInQuery(request.url);
  const limit = uploadLimit(ctx, place.record, path);
  await countUpload(ctx, path);
  const announced = Number(request.headers["content-length"] ?? 0);
  requireUploadSize(announced, limit);
  await requireUploadRoom(ctx, announced);
  const isJar = path === "server.jar";
  // The jar of a server that is about to start must not be exchanged under it.
  const lock = isJar ? ctx.supervisor.lock(serverId, "upload") : null;
  const temporary = ctx.dataDir.paths.upload(randomUUID());
  try {
    if (lock) ctx.supervisor.requireAction(lock.tracked, "update");
    const bytes = await store({ request, temporary, limit, signal });
    const expected = expectedOf(request);
    const entry = await placeUpload(ctx, { place, path, temporary, bytes, expected, signal });
    sendJson(response, 200, { path, size: bytes, modifiedAt: entry.modifiedAt.toISOString() });
  } finally {
    lock?.release();
    await rm(temporary, { force: true });
  }
}

async function store(options: {
  request: IncomingMessage;
  temporary: string;
  limit: number;
  signal: AbortSignal;
}): Promise<number> {
  const { request, temporary, limit, signal } = options;
  const file = await open(temporary, "wx", 0o644);
  let bytes = 0;
  try {
    const write = async (chunk: Buffer) => {
      bytes += chunk.byteLength;
      requireUploadSize(bytes, limit);
      await file.writeFile(chunk);
    };
    await receiveBody(request, write, signal);
    await file.sync();
    return bytes;
  } catch (error) {
    throw explainDiskError(error);
  } finally {
    await file.close();
  }
}

function expectedOf({ headers }: IncomingMessage): string | null | undefined {
  if (headers["if-none-match"] === "*") return null;
  if (headers["if-match"] === "*") return undefined;
  return headers["if-match"]?.replace(/^(?:W\/)?"(.*)"$/, "$1");
}
