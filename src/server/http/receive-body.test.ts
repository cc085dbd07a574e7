import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { receiveBody } from "./receive-body";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that receives by `write` and tells what came of it; and an upload to it that is open. */
async function open(write: (chunk: Buffer) => Promise<void>, signal = new AbortController().signal) {
  let settle: (result: unknown) => void = () => {};
  const result = new Promise<unknown>((resolve) => {
    settle = resolve;
  });
  const handle = async (request: IncomingMessage) => {
    await receiveBody(request, write, signal).then(() => settle("all"), settle);
    request.resume();
  };
  server = createServer((request, response) => {
    void handle(request).then(() => response.end("told"));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const upload = httpRequest({ port, host: "127.0.0.1", method: "PUT" });
  upload.on("error", () => {});
  const answer = once(upload, "response").then(([response]) => (response as IncomingMessage).statusCode);
  answer.catch(() => {});
  return { upload, result, answer };
}

it("is done only when the last piece is written, and writes one piece at a time, in order", async () => {
  const written: Buffer[] = [];
  let running = 0;
  const { upload, result } = await open(async (chunk) => {
    expect(++running).toBe(1);
    await delay(20);
    written.push(chunk);
    running--;
  });
  const pieces = Array.from({ length: 20 }, (_, index) => Buffer.alloc(10_000, index));
  for (const piece of pieces) upload.write(piece);
  upload.end();
  expect(await result).toBe("all");
  expect(Buffer.concat(written).equals(Buffer.concat(pieces))).toBe(true);
});

it("fails with what the last write throws, and the answer still arrives", async () => {
  const { upload, result, answer } = await open(async () => {
    await delay(50);
    throw new Error("disk full");
  });
  upload.end("one piece");
  expect(await result).toEqual(new Error("disk full"));
  expect(await answer).toBe(200);
});

it("fails with the signal's reason while nothing arrives, and the answer still arrives", async () => {
  const ended = new AbortController();
  const { upload, result, answer } = await open(async () => {}, ended.signal);
  upload.write("a beginning");
  await delay(50);
  ended.abort("revoked");
  expect(await result).toBe("revoked");
  expect(await answer).toBe(200);
});

it("fails when the client goes", async () => {
  const { upload, result } = await open(async () => {});
  upload.write("a beginning");
  await delay(50);
  upload.destroy();
  expect(await result).toMatchObject({ code: "ECONNRESET" });
});

it("takes an empty body", async () => {
  const { upload, result } = await open(() => Promise.reject(new Error("nothing to write")));
  upload.end();
  expect(await result).toBe("all");
});
