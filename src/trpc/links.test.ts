import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createTRPCClient, type TRPCLink } from "@trpc/client";
import { initTRPC, TRPCError, tracked } from "@trpc/server";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { EventSource } from "eventsource";
import superjson from "superjson";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { makeLinks } from "./links";

/** A server of our own with the procedures' names that the links treat differently. */
const script = {
  rounds: [] as ("end" | "refuse" | "stay")[],
  seenIds: [] as (string | undefined)[],
  requests: [] as string[],
};
const t = initTRPC.create({
  transformer: superjson,
  errorFormatter: ({ shape, error }) => ({
    ...shape,
    data: { ...shape.data, error: { code: error.code === "UNAUTHORIZED" ? "SIGN_IN_REQUIRED" : "INTERNAL" } },
  }),
});
const resumable = z.object({ lastEventId: z.string().optional() }).optional();
const router = t.router({
  servers: t.router({ list: t.procedure.query(() => [new Date(0)]), get: t.procedure.query(() => "one") }),
  jobs: t.router({
    list: t.procedure.query(() => "jobs"),
    progress: t.procedure.subscription(async function* () {
      yield "done";
    }),
  }),
  console: t.router({
    stream: t.procedure.input(resumable).subscription(async function* ({ input, signal }) {
      script.seenIds.push(input?.lastEventId);
      const round = script.rounds.shift() ?? "stay";
      if (round === "refuse") throw new TRPCError({ code: "UNAUTHORIZED" });
      const from = Number(input?.lastEventId ?? 0);
      yield tracked(String(from + 1), from + 1);
      if (round === "stay" && signal) await once(signal, "abort");
    }),
  }),
});

let server: Server;
let isDown: boolean;
const client = () => {
  const { port } = server.address() as AddressInfo;
  return createTRPCClient<typeof router>({
    links: makeLinks(`http://127.0.0.1:${port}`) as unknown as TRPCLink<typeof router>[],
  });
};

beforeEach(async () => {
  vi.stubGlobal("EventSource", EventSource);
  Object.assign(script, { rounds: [], seenIds: [], requests: [] });
  isDown = false;
  const handle = createHTTPHandler({ router, createContext: () => ({}) });
  server = createServer((request, response) => {
    script.requests.push(`${request.method} ${request.url?.split("?")[0]}`);
    if (isDown) response.writeHead(503).end();
    else handle(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterEach(() => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

function follow() {
  const seen = { data: [] as number[], lost: 0, errors: 0 };
  const { unsubscribe } = client().console.stream.subscribe(undefined, {
    onData: ({ data }) => seen.data.push(data),
    onConnectionStateChange: ({ state, error }) => {
      if (state === "connecting" && error) seen.lost++;
    },
    onError: () => seen.errors++,
  });
  return { seen, unsubscribe };
}

it("takes an ended stream up again after the last event, and says that it was away", async () => {
  script.rounds.push("end", "end");
  const { seen, unsubscribe } = follow();
  await vi.waitFor(() => expect(seen.data).toEqual([1, 2, 3]), { timeout: 5_000 });
  expect(script.seenIds).toEqual([undefined, "1", "2"]);
  expect(seen).toMatchObject({ lost: 2, errors: 0 });
  unsubscribe();
});

it("comes back to a dashboard that answered 503", async () => {
  isDown = true;
  const { seen, unsubscribe } = follow();
  await vi.waitFor(() => expect(seen.lost).toBeGreaterThan(0), { timeout: 5_000 });
  isDown = false;
  await vi.waitFor(() => expect(seen.data).toEqual([1]), { timeout: 8_000 });
  unsubscribe();
});

it("does not come back once nobody is signed in", async () => {
  script.rounds.push("refuse");
  const { seen, unsubscribe } = follow();
  await vi.waitFor(() => expect(seen.errors).toBe(1), { timeout: 5_000 });
  unsubscribe();
});

it("lets a stream end that has an end of its own", async () => {
  const ended = vi.fn();
  const data: string[] = [];
  client().jobs.progress.subscribe(undefined, { onData: (value) => data.push(value), onComplete: ended });
  await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce(), { timeout: 5_000 });
  expect(data).toEqual(["done"]);
});

it("asks for the list of servers alone and lets other calls share a request", async () => {
  const api = client();
  const [list] = await Promise.all([api.servers.list.query(), api.servers.get.query(), api.jobs.list.query()]);
  expect(list).toEqual([new Date(0)]);
  expect(script.requests.sort()).toEqual(["GET /servers.get,jobs.list", "GET /servers.list"]);
});
