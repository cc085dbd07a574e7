import type { OutboundClient } from "./guarded-fetch";

export interface TextRequest {
  allowedHosts?: readonly string[];
  signal?: AbortSignal;
  maxBytes: number;
  totalMs?: number;
}

/** GETs a small text. Throws what the client throws. */
export async function downloadText(client: OutboundClient, url: string | URL, request: TextRequest): Promise<string> {
  const { totalMs = 60_000, ...rest } = request;
  const reply = await client.get(url, { ...rest, totalMs, headers: { "accept-encoding": "gzip" } });
  const chunks: Uint8Array[] = [];
  for await (const chunk of reply.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
