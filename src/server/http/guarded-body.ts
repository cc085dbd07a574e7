import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "@/server/errors";

export interface BodyLimits {
  /** Name of the peer, for the error. */
  host: string;
  /** Most bytes, as they come and once more after decompression. */
  maxBytes: number;
  /** The reply's content-encoding. */
  encoding: string | undefined;
}

/** The decoded bytes of a reply, at most `maxBytes` of them. Throws UPSTREAM_FAILED when there are more or the encoding is unknown. */
export function readGuardedBody(raw: Readable, limits: BodyLimits): AsyncIterable<Uint8Array> {
  const capped = cap(raw, limits);
  if (!limits.encoding || limits.encoding === "identity") return capped;
  if (limits.encoding !== "gzip" && limits.encoding !== "x-gzip") {
    raw.on("error", () => {}).destroy();
    throw new AppError("UPSTREAM_FAILED", `${limits.host} sent an encoding that was not asked for.`, {
      reason: "encoding",
      host: limits.host,
    });
  }
  const gunzip = createGunzip();
  pipeline(Readable.from(capped, { objectMode: false }), gunzip, () => {});
  return cap(gunzip, limits);
}

export function tooLarge(host: string, maxBytes: number): AppError {
  return new AppError("UPSTREAM_FAILED", `${host} sent more than the ${maxBytes} bytes that are accepted.`, {
    reason: "too_large",
    host,
    maxBytes,
  });
}

async function* cap(source: AsyncIterable<Uint8Array>, { host, maxBytes }: BodyLimits): AsyncIterable<Uint8Array> {
  let count = 0;
  for await (const chunk of source) {
    count += chunk.length;
    if (count > maxBytes) throw tooLarge(host, maxBytes);
    yield chunk;
  }
}
