import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  retryLink,
  splitLink,
  type TRPCClientError,
} from "@trpc/client";
import { EventSource } from "eventsource";
import { sharedSuperjson } from "@/lib/shared-superjson";
import type { AppRouter } from "@/server/trpc/root";
import { endlessLink, endlessStreams } from "./endless-link";

export interface ClientOptions {
  /** Address of the dashboard, for example `https://mc.example.org`. */
  url: string;
  /** API token (`mcsd_…`); left out for `auth.issueToken`. */
  token?: string;
}

/**
 * The typed client for scripts: every procedure with its input and output types, subscriptions included. Those outlive a
 * lost connection and a restart of the dashboard; the console goes on after the last line received.
 */
export function createClient({ url, token }: ClientOptions) {
  const endpoint = new URL("/api/trpc", url).href;
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: [
          retryLink({
            retry: ({ error }) => mayPass(error),
            retryDelayMs: (tries) => Math.min(5000, 250 * 2 ** tries),
          }),
          endlessLink((path) => endlessStreams.has(path)),
          httpSubscriptionLink({
            url: endpoint,
            transformer: sharedSuperjson,
            EventSource,
            eventSourceOptions: () => ({
              fetch: (input: string | URL, init: RequestInit) =>
                fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...headers } }),
            }),
          }),
        ],
        false: httpBatchLink({ url: endpoint, transformer: sharedSuperjson, headers, maxItems: 10 }),
      }),
    ],
  });
}

/** A lost connection, or a fault on the server's side; what was refused stays refused. */
function mayPass(error: TRPCClientError<AppRouter>): boolean {
  return (error.data?.httpStatus ?? 500) >= 500;
}

export type Client = ReturnType<typeof createClient>;
