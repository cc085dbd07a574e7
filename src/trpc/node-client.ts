import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { EventSource } from "eventsource";
import { sharedSuperjson } from "@/lib/shared-superjson";
import type { AppRouter } from "@/server/trpc/root";

export interface ClientOptions {
  /** Address of the dashboard, for example `https://mc.example.org`. */
  url: string;
  /** API token (`mcsd_…`); left out for `auth.issueToken`. */
  token?: string;
}

/** The typed client for scripts: every procedure with its input and output types, subscriptions included. */
export function createClient({ url, token }: ClientOptions) {
  const endpoint = new URL("/api/trpc", url).href;
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({
          url: endpoint,
          transformer: sharedSuperjson,
          EventSource,
          eventSourceOptions: () => ({
            fetch: (input: string | URL, init: RequestInit) =>
              fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...headers } }),
          }),
        }),
        false: httpBatchLink({ url: endpoint, transformer: sharedSuperjson, headers, maxItems: 10 }),
      }),
    ],
  });
}

export type Client = ReturnType<typeof createClient>;
