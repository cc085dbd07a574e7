import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { AppError, toErrorBody } from "@/server/errors";
import { securityHeaders } from "./security-headers";

/** HTTP's own words for what goes wrong before there is a request. */
const told: Readonly<Record<string, { status: string; message: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    message: "The address or the headers of the request are too long.",
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: "408 Request Timeout", message: "The request took too long to arrive." },
};
const unread = { status: "400 Bad Request", message: "The request could not be read." };

/** Answers what is not even HTTP, or too much of it, in the one form of errors, and closes the connection. */
export function createClientErrorAnswer({ isHttps }: { isHttps: boolean }) {
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
    const { status, message } = told[error.code ?? ""] ?? unread;
    const requestId = randomUUID();
    const body = JSON.stringify({ error: toErrorBody(new AppError("BAD_REQUEST", message), requestId) });
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "content-length": String(Buffer.byteLength(body)),
      "cache-control": "no-store",
      "x-request-id": requestId,
      ...securityHeaders({ isHttps, isProduction: true }),
      connection: "close",
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    socket.end(`HTTP/1.1 ${status}\r\n${lines.join("\r\n")}\r\n\r\n${body}`);
  };
}
