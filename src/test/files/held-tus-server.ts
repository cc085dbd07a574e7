import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What a request is answered with instead: a status and the error's code. */
interface Refusal {
  status: number;
  code: string;
}

export interface HeldTusServer {
  url: string;
  /** Paths in the order in which they were begun. */
  begun: string[];
  /** What arrived whole, by path. */
  whole: Map<string, string>;
  /** Each request, as `METHOD path`. */
  calls: string[];
  /** Takes this many bytes of what is sent for the path, and neither more nor answers. */
  hold(path: string, bytes: number): void;
  /** Lets the path go on: also what is held. */
  release(path: string): void;
  /** Refuses the path's next request of this method. */
  refuseOnce(method: "POST" | "PATCH", path: string, refusal: Refusal): void;
  /** Forgets what it has of the path, as after the expiry. */
  forget(path: string): void;
  close(): Promise<void>;
}

interface Part {
  path: string;
  size: number;
  bytes: Buffer;
}

/** A server for uploads in pieces (tus 1.0) that stops and refuses where a test wants it to. */
export async function startHeldTusServer(): Promise<HeldTusServer> {
  const parts = new Map<string, Part>();
  const held = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  const refusals = new Map<string, Refusal>();
  const known: Pick<HeldTusServer, "begun" | "whole" | "calls"> = { begun: [], whole: new Map(), calls: [] };

  const refused = (key: string, response: ServerResponse) => {
    const refusal = refusals.get(key);
    if (!refusal) return false;
    refusals.delete(key);
    response.writeHead(refusal.status).end(JSON.stringify({ error: { code: refusal.code, message: refusal.code } }));
    return true;
  };
  const begin = (request: IncomingMessage, response: ServerResponse) => {
    const encoded = /path ([^,]+)/.exec(String(request.headers["upload-metadata"]))?.[1] ?? "";
    const path = Buffer.from(encoded, "base64").toString();
    known.calls.push(`POST ${path}`);
    if (refused(`POST ${path}`, response)) return;
    known.begun.push(path);
    const id = `/uploads/${randomUUID()}`;
    parts.set(id, { path, size: Number(request.headers["upload-length"]), bytes: Buffer.alloc(0) });
    response.writeHead(201, { location: id }).end();
  };
  const take = async (request: IncomingMessage, response: ServerResponse, part: Part) => {
    if (Number(request.headers["upload-offset"]) !== part.bytes.length) return void response.writeHead(409).end();
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const most = held.get(part.path) ?? Number.POSITIVE_INFINITY;
    part.bytes = Buffer.concat([part.bytes, Buffer.concat(pieces).subarray(0, most)]);
    if (held.has(part.path)) await new Promise<void>((resolve) => waiting.set(part.path, resolve));
    if (request.socket.destroyed) return;
    if (refused(`PATCH ${part.path}`, response)) return;
    part.bytes = Buffer.concat([part.bytes, Buffer.concat(pieces).subarray(most)]);
    if (part.bytes.length === part.size) known.whole.set(part.path, part.bytes.toString());
    response.writeHead(204, { "upload-offset": part.bytes.length }).end();
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = "", url = "" } = request;
    if (method === "POST") return begin(request, response);
    const part = parts.get(url);
    known.calls.push(`${method} ${part?.path ?? "gone"}`);
    if (!part) return void response.writeHead(410).end(JSON.stringify({ error: { code: "NOT_FOUND" } }));
    if (method === "PATCH") return take(request, response, part);
    if (method === "DELETE") parts.delete(url);
    response.writeHead(method === "DELETE" ? 204 : 200, {
      "upload-offset": part.bytes.length,
      "upload-length": part.size,
    });
    response.end();
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...known,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (path, bytes) => void held.set(path, bytes),
    release: (path) => {
      held.delete(path);
      waiting.get(path)?.();
    },
    refuseOnce: (method, path, refusal) => void refusals.set(`${method} ${path}`, refusal),
    forget: (path) => {
      for (const [id, part] of parts) if (part.path === path) parts.delete(id);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
