import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { downloadJson, type JsonRequest } from "./download-json";
import { createGuardedFetch } from "./guarded-fetch";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const schema = z.object({ versions: z.array(z.object({ id: z.string() })) });
const body = JSON.stringify({ versions: [{ id: "1.21" }], extra: true });

async function read(listener: RequestListener, request: Partial<JsonRequest<z.infer<typeof schema>>> = {}) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const base = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const client = createGuardedFetch({ userAgent: "test", trustedBases: [base] });
  cleanups.push(
    () => client.close(),
    () => server.close(),
  );
  return downloadJson(client, base, { schema, ...request });
}

it("reads what the schema knows, packed or not", async () => {
  const expected = { value: { versions: [{ id: "1.21" }] }, etag: '"a"' };
  expect(await read((_, reply) => reply.setHeader("etag", '"a"').end(body))).toEqual(expected);
  const sha1 = createHash("sha1").update(body).digest("hex");
  const packed = read(
    (_, reply) => reply.writeHead(200, { etag: '"a"', "content-encoding": "gzip" }).end(gzipSync(body)),
    { sha1 },
  );
  expect(await packed).toEqual(expected);
});

it("says unchanged when the etag still holds", async () => {
  const listener: RequestListener = (request, reply) =>
    reply.writeHead(request.headers["if-none-match"] === '"a"' ? 304 : 500).end();
  expect(await read(listener, { etag: '"a"' })).toBe("unchanged");
});

it("refuses a 304 that was not asked for", async () => {
  await expect(read((_, reply) => reply.writeHead(304).end())).rejects.toMatchObject({ code: "UPSTREAM_FAILED" });
});

it("refuses another checksum", async () => {
  const failure = read((_, reply) => reply.end(body), { sha1: "0".repeat(40) });
  await expect(failure).rejects.toMatchObject({ code: "CHECKSUM_MISMATCH" });
});

it.each([
  "",
  "<html>",
  "null",
  "[]",
  '{"versions":',
  '{"versions":{}}',
  '{"versions":[{"id":7}]}',
  "[".repeat(200_000),
])("refuses %#: what is not the expected JSON", async (wrong) => {
  const failure = read((_, reply) => reply.end(wrong));
  await expect(failure).rejects.toMatchObject({ code: "UPSTREAM_FAILED", details: { reason: "shape" } });
});

it("refuses more than its limit", async () => {
  const failure = read((_, reply) => reply.end(body), { maxBytes: 20 });
  await expect(failure).rejects.toMatchObject({ details: { reason: "too_large" } });
});
