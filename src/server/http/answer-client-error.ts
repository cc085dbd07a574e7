import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { AppError, statusOf, toErrorBody } from "@/server/errors";

const told: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "The address or the headers of the request are too long.",
  ERR_HTTP_REQUEST_TIMEOUT: "The request took too long to arrive.",
};

/** Answers what is not even HTTP, or too much of it, in the one form of errors, and closes the connection. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const refusal = new AppError("BAD_REQUEST", told[error.code ?? ""] ?? "The request could not be read.");
  const requestId = randomUUID();
  const body = JSON.stringify({ error: toErrorBody(refusal, requestId) });
  const head = [
    `HTTP/1.1 ${statusOf(refusal.code)} Bad Request`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "cache-control: no-store",
    "x-content-type-options: nosniff",
    `x-request-id: ${requestId}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
