import type { FileHandle } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { mayHoldSecrets, stripSecrets } from "@/lib/hide-secrets";
import type { Ctx } from "@/server/context";
import { AppError, toErrorBody } from "@/server/errors";
import { inParent } from "@/server/fs/contained/walk";
import type { Transfer } from "@/server/http/open-transfer";
import { sendJson } from "@/server/http/send-json";
import { recordAudit } from "../../../audit/server/record-audit";
import type { FilePlace } from "../reach-files";
import { readRange } from "../read-bytes";
import { attachment } from "./attachment";
import { rangeOf } from "./range-of";

/** A larger one is none that the game has written. */
const maxPropertiesBytes = 1024 * 1024;

interface Sending extends Transfer {
  place: FilePlace;
  path: string;
  signal: AbortSignal;
}

/** One regular file, whole or a range of it. What shrinks while it is sent is torn off rather than filled up. */
export async function sendFile(ctx: Ctx, sending: Sending): Promise<void> {
  const { place, path, request } = sending;
  const file = await inParent(place.root, path, (parent, name) => parent.openFile(name));
  try {
    const { size, mtimeMs } = await file.stat();
    const tag = `"${size.toString(36)}-${Math.round(mtimeMs * 1000).toString(36)}"`;
    const headers = {
      "content-type": "application/octet-stream",
      "content-disposition": attachment(path.slice(path.lastIndexOf("/") + 1)),
      "cache-control": "private, no-cache",
      "last-modified": new Date(mtimeMs).toUTCString(),
      etag: tag,
    };
    const hidden = await withoutSecrets(file, path, size);
    if (hidden) {
      await noteDownload(ctx, sending);
      return finish(sending, 200, { ...headers, "content-length": hidden.length }, hidden);
    }
    const range = rangeOf(request.headers, { size, tag });
    if (range === "outside") {
      const error = new AppError("RANGE_OUTSIDE", "The range lies outside of the file.", { size });
      sending.response.setHeader("content-range", `bytes */${size}`);
      const requestId = String(sending.response.getHeader("x-request-id") ?? "");
      return sendJson(sending.response, 416, { error: toErrorBody(error, requestId) });
    }
    await noteDownload(ctx, sending);
    const { start, end } = range ?? { start: 0, end: size };
    const about = {
      ...headers,
      "accept-ranges": "bytes",
      "content-length": end - start,
      ...(range && { "content-range": `bytes ${start}-${end - 1}/${size}` }),
    };
    await stream(sending, { status: range ? 206 : 200, headers: about, file, start, end });
  } finally {
    await file.close();
  }
}

async function stream(
  { request, response, signal }: Sending,
  part: { status: number; headers: Record<string, string | number>; file: FileHandle; start: number; end: number },
): Promise<void> {
  const { status, headers, file, start, end } = part;
  response.writeHead(status, headers);
  if (request.method === "HEAD" || end === start) return void response.end();
  const source = file.createReadStream({ start, end: end - 1, autoClose: false, highWaterMark: 256 * 1024 });
  try {
    await pipeline(source, response, { signal, end: false });
    if (source.bytesRead < end - start) throw new Error("the file has shrunk");
    response.end();
  } catch {
    response.destroy();
  }
}

function finish(
  { request, response }: Sending,
  status: number,
  headers: Record<string, string | number>,
  body: Buffer,
) {
  response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : body);
}

/** The RCON password is nobody's to download; null for every other file. */
async function withoutSecrets(file: FileHandle, path: string, size: number): Promise<Buffer | null> {
  if (!mayHoldSecrets(path)) return null;
  if (size > maxPropertiesBytes)
    throw new AppError("FILE_TOO_LARGE", "The file is too large to have its secrets hidden.", { size });
  return Buffer.from(stripSecrets(path, (await readRange(file, 0, size)).toString("latin1")), "latin1");
}

async function noteDownload(ctx: Ctx, { place, path, request }: Sending): Promise<void> {
  if (request.method === "HEAD") return;
  const target = { kind: "server", id: place.record.id };
  await recordAudit(ctx.db, ctx.actor, { action: "files.download", target, details: { path } });
}
