import type { QueryClient } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { AppRouter } from "@/server/trpc/root";

/** The same query keys as the browser's `useTRPC()`, for what a page fetches ahead. Makes no calls. */
export function queryKeys(client: QueryClient) {
  return createTRPCOptionsProxy<AppRouter>({ client: createTRPCClient<AppRouter>({ links: [] }), queryClient: client });
}
