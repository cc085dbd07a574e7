import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, it } from "vitest";
import {
  createGuardedFetch,
  type GuardedFetchOptions,
  type OutboundRequest,
  type OutboundResponse,
} from "./guarded-fetch";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A server on loopback whose base the operator is said to have set, and a client that knows it. */
async function open(listener: RequestListener, options: Partial<GuardedFetchOptions> = {}) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createGuardedFetch({
    userAgent: "mcsd/test (+https://example.org)",
    trustedBases: [new URL(base)],
    ...options,
  });
  cleanups.push(
    () => client.close(),
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const get = (path: string, request: Partial<OutboundRequest> = {}) =>
    client.get(new URL(path, base), { maxBytes: 100_000, totalMs: 5000, ...request });
  return { base, get };
}

/** A listener that nobody may reach: counts who tries. */
async function openCanary(): Promise<{ port: number; visits: () => number }> {
  let visits = 0;
  const canary = createTcpServer((socket) => {
    visits++;
    socket.destroy();
  }).listen(0, "::");
  await once(canary, "listening");
  cleanups.push(() => canary.close());
  return { port: (canary.address() as AddressInfo).port, visits: () => visits };
}

async function text(reply: OutboundResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of reply.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const readAll = async (reply: Promise<OutboundResponse>) => text(await reply);

it("reads a reply and says who asks", async () => {
  const { get } = await open((request, reply) => reply.setHeader("etag", '"x"').end(request.headers["user-agent"]));
  const reply = await get("/");
  expect([reply.status, reply.header("ETag")]).toEqual([200, '"x"']);
  expect(await text(reply)).toBe("mcsd/test (+https://example.org)");
});

it("unpacks gzip", async () => {
  const { get } = await open((_, reply) => reply.setHeader("content-encoding", "gzip").end(gzipSync("hello")));
  expect(await readAll(get("/"))).toBe("hello");
});

it.each([
  "https://127.0.0.1:PORT/",
  "https://localhost:PORT/",
  "https://[::1]:PORT/",
  "https://[::ffff:127.0.0.1]:PORT/",
  "https://[::7f00:1]:PORT/",
  "https://0.0.0.0:PORT/",
  "https://2130706433:PORT/",
  "https://0x7f.1:PORT/",
  "https://0177.0.0.1:PORT/",
  "https://169.254.169.254/latest/meta-data/",
  "https://10.0.0.1/",
  "https://[fd00:ec2::254]/",
  "http://127.0.0.1:PORT/",
  "http://example.org/",
  "https://user:secret@example.org/",
  "file:///etc/passwd",
  "gopher://127.0.0.1:PORT/",
  "data:text/plain,hello",
  "https://",
])("does not follow a redirect to %s", async (location) => {
  const canary = await openCanary();
  const target = location.replace("PORT", String(canary.port));
  const { get } = await open((_, reply) => reply.writeHead(302, { location: target }).end());
  await expect(get("/")).rejects.toMatchObject({ code: "DOWNLOAD_REFUSED" });
  expect(canary.visits()).toBe(0);
});

it("refuses private addresses behind a name, without naming them", async () => {
  const canary = await openCanary();
  const client = createGuardedFetch({
    userAgent: "x",
    trustedBases: [],
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
  });
  cleanups.push(() => client.close());
  const failure = client.get(`https://innocent.test:${canary.port}/`, { maxBytes: 10, totalMs: 2000 });
  await expect(failure).rejects.toMatchObject({
    code: "DOWNLOAD_REFUSED",
    message: expect.not.stringContaining("127.0.0.1"),
  });
  expect(canary.visits()).toBe(0);
});

it("trusts a configured base's own port only", async () => {
  const canary = await openCanary();
  const { get } = await open((_, reply) => reply.end());
  await expect(get(`http://127.0.0.1:${canary.port}/`)).rejects.toMatchObject({ details: { reason: "scheme" } });
  await expect(get(`https://127.0.0.1:${canary.port}/`)).rejects.toMatchObject({ details: { reason: "address" } });
  expect(canary.visits()).toBe(0);
});

it("keeps to the allowed hosts, also after a redirect", async () => {
  const { get } = await open((_, reply) => reply.writeHead(302, { location: "https://elsewhere.example.org/x" }).end());
  const failure = get("/", { allowedHosts: ["piston-data.mojang.com"] });
  await expect(failure).rejects.toMatchObject({ code: "DOWNLOAD_REFUSED", details: { reason: "host" } });
});

it("follows five redirects and not six", async () => {
  const { get } = await open((request, reply) => {
    const left = Number(request.url?.slice(1));
    if (left === 0) reply.end("there");
    else reply.writeHead(307, { location: `/${left - 1}` }).end();
  });
  expect(await readAll(get("/5"))).toBe("there");
  await expect(get("/6")).rejects.toMatchObject({ code: "DOWNLOAD_REFUSED", details: { reason: "redirects" } });
});

it("stops an endless body at the limit", async () => {
  let sent = 0;
  const { get } = await open((_, reply) => {
    const push = () => {
      while (!reply.destroyed) {
        sent += 65_536;
        if (!reply.write(Buffer.alloc(65_536))) return reply.once("drain", push);
      }
    };
    push();
  });
  await expect(readAll(get("/"))).rejects.toMatchObject({ code: "UPSTREAM_FAILED", details: { reason: "too_large" } });
  expect(sent).toBeLessThan(20_000_000);
});

it("refuses an announced length over the limit before reading", async () => {
  const { get } = await open((_, reply) => reply.writeHead(200, { "content-length": 100_001 }).write("x"));
  await expect(get("/")).rejects.toMatchObject({ details: { reason: "too_large" } });
});

it("stops a gzip bomb", async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  expect(bomb.length).toBeLessThan(100_000);
  const { get } = await open((_, reply) => reply.setHeader("content-encoding", "gzip").end(bomb));
  await expect(readAll(get("/"))).rejects.toMatchObject({ code: "UPSTREAM_FAILED", details: { reason: "too_large" } });
});

it("refuses an encoding that was not asked for", async () => {
  const { get } = await open((_, reply) => reply.setHeader("content-encoding", "br").end("x"));
  await expect(get("/")).rejects.toMatchObject({ code: "UPSTREAM_FAILED", details: { reason: "encoding" } });
});

it("refuses huge headers", async () => {
  const { get } = await open((_, reply) => reply.setHeader("x-huge", "x".repeat(30_000)).end("x"));
  await expect(get("/")).rejects.toMatchObject({ code: "UPSTREAM_FAILED", details: { reason: "network" } });
});

it("gives up on a peer that never answers, that stalls, and that drips", async () => {
  const timeout = { code: "UPSTREAM_FAILED", details: { reason: "timeout" } };
  const { get } = await open(
    (request, reply) => {
      if (request.url === "/never") return;
      reply.write("x");
      if (request.url === "/drip")
        cleanups.push(
          clearInterval.bind(
            null,
            setInterval(() => reply.write("x"), 50),
          ),
        );
    },
    { firstByteMs: 300, idleMs: 300 },
  );
  await expect(get("/never")).rejects.toMatchObject(timeout);
  await expect(readAll(get("/stall"))).rejects.toMatchObject(timeout);
  await expect(readAll(get("/drip", { totalMs: 700 }))).rejects.toMatchObject(timeout);
});

it("survives a time limit that strikes before the body is read", async () => {
  const { get } = await open((_, reply) => void reply.write("x"));
  const reply = await get("/", { totalMs: 200 });
  await new Promise((resolve) => setTimeout(resolve, 400));
  await expect(text(reply)).rejects.toMatchObject({ details: { reason: "timeout" } });
});

it("ends with the caller's own reason", async () => {
  const controller = new AbortController();
  const { get } = await open((_, reply) => void reply.write("x"));
  const reply = await get("/", { signal: controller.signal });
  const reading = text(reply);
  controller.abort(new Error("cancelled by hand"));
  await expect(reading).rejects.toThrow("cancelled by hand");
  await expect(get("/", { signal: controller.signal })).rejects.toThrow("cancelled by hand");
});

it("tells a wrong status and a cut connection apart from an answer", async () => {
  const { get } = await open((request, reply) => {
    if (request.url === "/missing") return reply.writeHead(404).end("secret words");
    reply.writeHead(200, { "content-length": 10 }).write("x", () => reply.destroy());
  });
  await expect(get("/missing")).rejects.toMatchObject({
    code: "UPSTREAM_FAILED",
    details: { reason: "status", status: 404 },
  });
  await expect(readAll(get("/cut"))).rejects.toMatchObject({ code: "UPSTREAM_FAILED", details: { reason: "network" } });
});
