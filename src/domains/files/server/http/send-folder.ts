import { pipeline } from "node:stream/promises";
import { writeArchive } from "@/server/archive/write-archive";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import type { Transfer } from "@/server/http/open-transfer";
import { recordAudit } from "../../../audit/server/record-audit";
import { archiveFormats } from "../../contract";
import type { FilePlace } from "../reach-files";
import { attachment } from "./attachment";

const contentTypes = {
  zip: "application/zip",
  tar: "application/x-tar",
  "tar.gz": "application/gzip",
  "tar.zst": "application/zstd",
} as const;

/** A folder as an archive that is made while it is sent; torn off when the right to it goes, so that nobody takes a part for the whole. */
export async function sendFolder(
  ctx: Ctx,
  { place, path, request, response, signal }: Transfer & { place: FilePlace; path: string; signal: AbortSignal },
): Promise<void> {
  const asked = new URL(request.url ?? "", "http://x").searchParams.get("format") ?? "zip";
  const format = archiveFormats.find((known) => known === asked);
  if (!format)
    throw new AppError("VALIDATION_FAILED", `The format is one of ${archiveFormats.join(", ")}.`, {
      issues: [{ path: ["format"], code: "invalid_value", message: archiveFormats.join(", ") }],
    });
  const { stream } = await writeArchive({ root: place.root, paths: [path], format, signal });
  const target = { kind: "server", id: place.record.id };
  await recordAudit(ctx.db, ctx.actor, { action: "files.download", target, details: { path, format } });
  const name = path === "" ? place.record.slug : path.slice(path.lastIndexOf("/") + 1);
  response.writeHead(200, {
    "content-type": contentTypes[format],
    "content-disposition": attachment(`${name}.${format}`),
    "cache-control": "no-store",
  });
  if (request.method === "HEAD") {
    stream.destroy();
    return void response.end();
  }
  await pipeline(stream, response).catch(() => response.destroy());
}
