"use client";

import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "@/server/trpc/root";
import { NothingAhead } from "./fetched-ahead";
import { isSignInHeld } from "./hold-sign-in";
import { makeLinks } from "./links";
import { makeQueryClient } from "./query-client";
import { freshMark, renewSession } from "./renew-session";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

let browserClient: QueryClient | undefined;

function getQueryClient(): QueryClient {
  if (typeof window === "undefined") return makeQueryClient({ onSignedOut: () => {} });
  browserClient ??= makeQueryClient({ onSignedOut: goToLogin });
  return browserClient;
}

function goToLogin() {
  if (isSignInHeld() || window.location.pathname.startsWith("/login")) return;
  const back = window.location.pathname + window.location.search;
  window.location.assign(`/login?ended=1&callbackUrl=${encodeURIComponent(back)}`);
}

/** Gives every component below `useTRPC()` and the one query cache of the tab. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const queryClient = getQueryClient();
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({ links: makeLinks("/api/trpc", { freshMark, renewSession }) }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        <NothingAhead>{children}</NothingAhead>
      </TRPCProvider>
    </QueryClientProvider>
  );
}
