import { httpBatchLink, httpLink, httpSubscriptionLink, retryLink, splitLink, type TRPCLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/root";
import { endlessLink, endlessStreams } from "./endless-link";
import { isSignedOut } from "./query-client";
import { type Renewer, renewLink } from "./renew-link";

const transformer = superjson;

/**
 * How a call travels. `servers.list` goes alone, as a GET, because the server keeps its serialised answer; subscriptions
 * are server-sent events that come back by themselves; everything else shares a request with its neighbours. All renew the
 * session when it is time.
 */
export function makeLinks(url: string, renewer: Renewer): TRPCLink<AppRouter>[] {
  return [
    splitLink({
      condition: (op) => op.type === "subscription",
      true: [
        // EventSource gives up for good on any answer but 200, such as the 503 of a dashboard that restarts.
        retryLink({
          retry: ({ error }) => !isSignedOut(error),
          retryDelayMs: (attempt) => Math.min(5_000, 500 * 2 ** (attempt - 1)),
        }),
        renewLink(renewer),
        endlessLink((path) => endlessStreams.has(path)),
        httpSubscriptionLink({ url, transformer }),
      ],
      false: [
        renewLink(renewer),
        splitLink({
          condition: (op) => op.path === "servers.list",
          true: httpLink({ url, transformer }),
          false: httpBatchLink({ url, transformer, maxItems: 10 }),
        }),
      ],
    }),
  ];
}
