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
import type { ErrorBody } from "@/lib/error-codes";
import { makeLinks } from "./links";
import { isSignedOut, isWorthRetrying } from "./query-client";
import type { Renewal } from "./renew-session";

/** A server of our own with the procedures' names that the links treat differently. */
const script = {
  rounds: [] as ("end" | "refuse" | "stay")[],
  seenIds: [] as (string | undefined)[],
  requests: [] as string[],
  mark: undefined as string | undefined,
  seenMarks: [] as (string | undefined)[],
  renewals: [] as Renewal[],
  /** So many calls are refused because nobody is signed in. */
  refusals: 0,
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
    get: t.procedure.query(() => {
      if (script.refusals-- > 0) throw new TRPCError({ code: "UNAUTHORIZED" });
      return "job";
    }),
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

/** Renewals as the test wants them: `script.renewals` one after the other, then "ended". */
const renewer = {
  freshMark: () => script.mark,
  renewSession: async (seen: string | undefined): Promise<Renewal> => {
    script.seenMarks.push(seen);
    const next = script.renewals.shift() ?? { kind: "ended" };
    if (next.kind === "renewed") script.mark = "renewed";
    return next;
  },
};

let server: Server;
let isDown: boolean;
const client = () => {
  const { port } = server.address() as AddressInfo;
  return createTRPCClient<typeof router>({
    links: makeLinks(`http://127.0.0.1:${port}`, renewer) as unknown as TRPCLink<typeof router>[],
  });
};

beforeEach(async () => {
  vi.stubGlobal("EventSource", EventSource);
  Object.assign(script, {
    rounds: [],
    seenIds: [],
    requests: [],
    seenMarks: [],
    renewals: [],
    refusals: 0,
    mark: "old",
  });
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

it("renews the session when a call is refused, and makes the call again, once", async () => {
  Object.assign(script, { refusals: 1, renewals: [{ kind: "renewed" }] });
  expect(await client().jobs.get.query()).toBe("job");
  expect(script.seenMarks).toEqual(["old"]);
  Object.assign(script, { refusals: 2, renewals: [{ kind: "renewed" }, { kind: "renewed" }] });
  await expect(client().jobs.get.query()).rejects.toSatisfy(isSignedOut);
});

it("says that nobody is signed in when the session has ended, and nothing of the kind when that cannot be told", async () => {
  script.refusals = 1;
  await expect(client().jobs.get.query()).rejects.toSatisfy(isSignedOut);
  for (const error of [null, { code: "DATABASE_UNAVAILABLE", message: "away" } as ErrorBody]) {
    Object.assign(script, { refusals: 1, renewals: [{ kind: "failed", error }] });
    const failure: unknown = await client()
      .jobs.get.query()
      .catch((thrown: unknown) => thrown);
    expect(isSignedOut(failure)).toBe(false);
    expect(isWorthRetrying(failure)).toBe(true);
  }
});

it("goes on with a stream after its last event when the session had to be renewed in between", async () => {
  script.rounds.push("end", "refuse", "stay");
  script.renewals.push({ kind: "renewed" });
  const { seen, unsubscribe } = follow();
  await vi.waitFor(() => expect(seen.data).toEqual([1, 2]), { timeout: 8_000 });
  expect(script.seenIds).toEqual([undefined, "1", "1"]);
  expect(seen.errors).toBe(0);
  unsubscribe();
});
