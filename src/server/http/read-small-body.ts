import type { IncomingMessage } from "node:http";
import { AppError } from "@/server/errors";

const maxBytes = 4096;

/** The whole body as text. Throws BAD_REQUEST for a larger one; the request is left open for the answer. */
export async function readSmallBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AppError("BAD_REQUEST", `At most ${maxBytes} bytes are read here.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
