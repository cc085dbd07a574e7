import { randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import type { Ctx } from "@/server/context";
import { AppError } from "@/server/errors";
import { receiveBody } from "@/server/http/receive-body";

/** Takes one upload of the actor's, then keeps the body as a file of ours, which the caller removes. RATE_LIMITED, FILE_TOO_LARGE. */
export async function receiveArchive(ctx: Ctx, request: IncomingMessage, signal: AbortSignal): Promise<string> {
  const limited = await ctx.limits.consumeUpload(ctx.actor);
  if (limited)
    throw new AppError("RATE_LIMITED", `Too many uploads. Try again in ${limited.retryAfterSeconds} s.`, limited);
  const limitMb = ctx.env.ARCHIVE_MAX_SIZE_MB;
  const limit = limitMb * 1024 * 1024;
  const tooLarge = () =>
    new AppError("FILE_TOO_LARGE", `The archive is larger than the ${limitMb} MB that ARCHIVE_MAX_SIZE_MB allows.`, {
      limitMb,
    });
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge();
  const archive = ctx.dataDir.paths.upload(randomUUID());
  const file = await open(archive, "wx", 0o600);
  try {
    let bytes = 0;
    try {
      const write = async (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > limit) throw tooLarge();
        await file.writeFile(chunk);
      };
      await receiveBody(request, write, signal);
    } finally {
      await file.close();
    }
    return archive;
  } catch (error) {
    await rm(archive, { force: true });
    throw error;
  }
}
