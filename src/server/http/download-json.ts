import { createHash } from "node:crypto";
import type { z } from "zod";
import { AppError } from "@/server/errors";
import type { OutboundClient } from "./guarded-fetch";

export interface JsonRequest<T> {
  schema: z.ZodType<T>;
  /** SHA-1 that the text must have. */
  sha1?: string;
  /** Of the last good answer: a server that knows it may answer "unchanged". */
  etag?: string | null;
  allowedHosts?: readonly string[];
  /** JSON to be sent by POST. */
  json?: string;
  signal?: AbortSignal;
  maxBytes?: number;
  totalMs?: number;
}

/** Largest JSON text that any upstream may send, in bytes. */
const maxJsonBytes = 16 * 1024 * 1024;

/**
 * GETs a JSON document (or POSTs for it) and checks its shape; `unchanged` when the etag still holds. Throws what the client throws,
 * CHECKSUM_MISMATCH, and UPSTREAM_FAILED (`reason: "shape"`) for anything but the expected JSON.
 */
export async function downloadJson<T>(
  client: OutboundClient,
  url: string | URL,
  request: JsonRequest<T>,
): Promise<{ value: T; etag: string | null } | "unchanged"> {
  const { schema, sha1, etag, allowedHosts, json, signal, maxBytes = maxJsonBytes, totalMs = 60_000 } = request;
  const headers = { accept: "application/json", "accept-encoding": "gzip", ...(etag ? { "if-none-match": etag } : {}) };
  const reply = await client.get(url, {
    allowedHosts,
    headers,
    json,
    acceptStatus: etag ? [200, 304] : [200],
    maxBytes,
    totalMs,
    signal,
  });
  if (reply.status === 304) {
    reply.discard();
    return "unchanged";
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of reply.body) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const { host } = reply.url;
  if (sha1 && createHash("sha1").update(bytes).digest("hex") !== sha1.toLowerCase()) {
    throw new AppError("CHECKSUM_MISMATCH", `${host} sent a document with another checksum than announced.`, { host });
  }
  return { value: parse(bytes, schema, host), etag: reply.header("etag")?.slice(0, 200) ?? null };
}

function parse<T>(bytes: Buffer, schema: z.ZodType<T>, host: string): T {
  try {
    return schema.parse(JSON.parse(bytes.toString("utf8")));
  } catch (cause) {
    const path = firstIssuePath(cause);
    throw new AppError(
      "UPSTREAM_FAILED",
      `${host} sent something else than the expected JSON.`,
      { reason: "shape", host, path },
      { cause },
    );
  }
}

/** Where the document departs from its schema, such as `versions.3.sha1`. */
function firstIssuePath(thrown: unknown): string | undefined {
  const issues = (thrown as { issues?: { path: PropertyKey[] }[] }).issues;
  return issues?.[0]?.path.map(String).join(".").slice(0, 100);
}
