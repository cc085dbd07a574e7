import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type AnyTRPCRouter,
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
} from "@trpc/server";
import { createStreamEventEncoder } from "./encode-stream-event";
import { untilDrained } from "./until-drained";

export interface SubscriptionCall {
  request: IncomingMessage;
  response: ServerResponse;
  /** Name of the procedure. */
  path: string;
  context: unknown;
  /** Aborts when the client is gone. */
  signal: AbortSignal;
  /** Told what a stream throws by itself, which passes no middleware. */
  onError?(thrown: unknown): void;
}

export interface SubscriptionHandler {
  /** Whether a request is one for `answer`. */
  handles(request: IncomingMessage, path: string): boolean;
  /** Resolves when the stream is over. Errors travel in the stream. */
  answer(call: SubscriptionCall): Promise<void>;
}

/**
 * Answers subscriptions with the server-sent events that tRPC 11's own adapter would write, but straight into the response:
 * the adapter's web streams cost several times as much, and encode every event anew for each subscriber.
 */
export function createSubscriptionHandler(router: AnyTRPCRouter): SubscriptionHandler {
  const config = router._def._config;
  const serialize = (value: unknown) => JSON.stringify(config.transformer.output.serialize(value));
  const encode = createStreamEventEncoder(serialize);
  const procedures = Object.entries<{ _def: { type: string } }>(router._def.procedures);
  const paths = new Set(procedures.filter(([, { _def }]) => _def.type === "subscription").map(([path]) => path));

  return {
    handles: ({ method, url }, path) => method === "GET" && paths.has(path) && !searchOf(url).has("batch"),

    async answer({ request, response, path, context, signal, onError }) {
      const search = searchOf(request.url);
      const lastEventId = request.headers["last-event-id"] ?? search.get("lastEventId") ?? search.get("Last-Event-Id");
      let ping: NodeJS.Timeout | undefined;
      let input: unknown;
      const getRawInput = async () => {
        input = readInput(search.get("input"), config.transformer.input.deserialize);
        return withLastEventId(input, lastEventId);
      };
      const begin = () => {
        response.writeHead(200, streamHeaders);
        response.write(`event: connected\ndata: ${JSON.stringify(config.sse?.client ?? {})}\n\n`);
        ping = setInterval(() => response.write("event: ping\ndata: \n\n"), config.sse?.ping?.intervalMs ?? 15_000);
      };
      try {
        const call = { router, path, type: "subscription", ctx: context, batchIndex: 0, getRawInput, signal } as const;
        const events = (await callTRPCProcedure(call)) as AsyncIterable<unknown>;
        begin();
        for await (const event of events) {
          ping?.refresh();
          if (!response.write(encode(event))) await untilDrained(response, signal);
          if (signal.aborted) break;
        }
        response.write("event: return\ndata: \n\n");
      } catch (thrown) {
        if (!response.headersSent) begin();
        if (thrown instanceof Error && thrown.name === "AbortError") return;
        onError?.(thrown);
        const error = getTRPCErrorFromUnknown(thrown);
        const shape = getTRPCErrorShape({
          config,
          type: "subscription",
          path,
          input,
          error,
          ctx: context ?? undefined,
        });
        response.write(`event: serialized-error\ndata: ${serialize(shape)}\n\n`);
      } finally {
        clearInterval(ping);
        response.end();
      }
    },
  };
}

const streamHeaders = {
  vary: "trpc-accept, accept",
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
  connection: "keep-alive",
};

function searchOf(url: string | undefined): URLSearchParams {
  return new URL(url ?? "", "http://x").searchParams;
}

function readInput(text: string | null, deserialize: (value: unknown) => unknown): unknown {
  try {
    return text ? deserialize(JSON.parse(text)) : undefined;
  } catch (cause) {
    throw cause instanceof TRPCError ? cause : new TRPCError({ code: "BAD_REQUEST", cause });
  }
}

function withLastEventId(input: unknown, lastEventId: string | string[] | null): unknown {
  if (!lastEventId) return input;
  return typeof input === "object" && input !== null ? { ...input, lastEventId } : (input ?? { lastEventId });
}
