import { once } from "node:events";
import { createServer, get, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { initTRPC, tracked } from "@trpc/server";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { sharedSuperjson } from "@/lib/shared-superjson";
import { createSubscriptionHandler } from "./subscription-handler";

const t = initTRPC.context<{ signal: AbortSignal }>().create({
  transformer: sharedSuperjson,
  isDev: false,
  sse: { ping: { enabled: true, intervalMs: 100 }, client: { reconnectAfterInactivityMs: 500 } },
});
const shared = Object.freeze({ kind: "lines", at: new Date(0), text: "§a日本語 🌍" });
const waiting = new Set<AbortSignal>();
let given = 0;

const router = t.router({
  plain: t.procedure.subscription(async function* () {
    yield { first: 1n };
    yield "second";
  }),
  numbered: t.procedure
    .input(z.object({ from: z.date(), lastEventId: z.string().optional() }))
    .subscription(async function* ({ input }) {
      yield tracked("7", { from: input.from, after: input.lastEventId ?? null });
      for (const id of ["8", "8", "9"]) yield tracked(id, shared);
    }),
  broken: t.procedure.subscription(async function* () {
    yield tracked("1", "so far so good");
    throw new Error("and then not");
  }),
  quiet: t.procedure.subscription(async function* ({ ctx }) {
    waiting.add(ctx.signal);
    await once(ctx.signal, "abort");
    waiting.delete(ctx.signal);
    yield "too late";
  }),
  endless: t.procedure.subscription(async function* () {
    for (given = 0; ; given++) yield "x".repeat(100_000);
  }),
  nested: t.router({ ask: t.procedure.query(() => "an answer") }),
});

let server: Server;
let url: string;

beforeAll(async () => {
  const subscriptions = createSubscriptionHandler(router);
  server = createServer((request, response) => {
    const [, by, path = ""] = new URL(request.url ?? "", "http://x").pathname.split("/");
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const context = { signal: gone.signal };
    if (by === "ours" && subscriptions.handles(request, path))
      void subscriptions.answer({ request, response, path, context, signal: gone.signal });
    else void nodeHTTPRequestHandler({ req: request, res: response, path, router, createContext: () => context });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** Everything that the stream sends, with the headers that matter. */
async function read(by: "ours" | "theirs", pathAndQuery: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/${by}/${pathAndQuery}`, { headers });
  const kept = ["content-type", "cache-control", "x-accel-buffering", "vary"].map((name) => answer.headers.get(name));
  // tRPC ends an event with one newline more than is needed.
  return { status: answer.status, kept, text: (await answer.text()).replaceAll("\n\n\n", "\n\n") };
}

const input = (value: unknown) => `?input=${encodeURIComponent(JSON.stringify(sharedSuperjson.serialize(value)))}`;

describe("writes what tRPC's own adapter writes", () => {
  it.each([
    ["events without ids", "plain", {}],
    ["events with ids, an input and the same data again", `numbered${input({ from: new Date(5) })}`, {}],
    ["after a lost connection", `numbered${input({ from: new Date(5) })}`, { "last-event-id": "6" }],
    ["after one, by the address", `numbered${input({ from: new Date(5) })}&lastEventId=5`, {}],
    ["an error in the middle", "broken", {}],
    ["an input that is refused", `numbered${input({ from: "now" })}`, {}],
    ["an input that is no JSON", "numbered?input=%7B", {}],
    ["no input where one is needed", "numbered", { "last-event-id": "6" }],
    ["a call that is no subscription", "nested.ask", {}],
    ["a procedure that is not there", "nothing", {}],
  ])("%s", async (_name, path, headers) => {
    const ours = await read("ours", path, headers as Record<string, string>);
    expect(ours).toEqual(await read("theirs", path, headers as Record<string, string>));
    expect(ours.text.length).toBeGreaterThan(10);
  });
});

function open(path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get(`${url}${path}`, { agent: false }, resolve).once("error", reject));
}

it("pings a silent client, and ends the subscription when it goes", async () => {
  const answer = await open("/ours/quiet");
  let text = "";
  answer.setEncoding("utf8").on("data", (piece) => {
    text += piece;
  });
  while (!text.includes("event: ping")) await once(answer, "data");
  const [signal] = [...waiting];
  if (!signal) throw new Error("nobody waits");
  answer.destroy();
  await once(signal, "abort");
  expect(text).toMatch(/^event: connected\ndata: \{"reconnectAfterInactivityMs":500\}\n\n+event: ping\n/);
});

it("gives a client that does not read no more than fits on the way", async () => {
  const answer = await open("/ours/endless");
  answer.pause();
  let before = -1;
  while (given !== before) {
    before = given;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  answer.destroy();
  expect(given).toBeGreaterThan(0);
  expect(given).toBeLessThan(200);
});
