import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@/server/trpc/root";

export interface QueryClientOptions {
  /** The session is gone: every further answer would be the same refusal. */
  onSignedOut: () => void;
}

/** The browser's cache. The event stream keeps it fresh: nothing polls, and what was refused is not asked again. */
export function makeQueryClient({ onSignedOut }: QueryClientOptions): QueryClient {
  const onError = (error: unknown) => {
    if (isSignedOut(error)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 30_000, retry: (failures, error) => failures < 3 && isWorthRetrying(error) },
      mutations: { retry: false },
    },
  });
}

/** Whether a call was refused because nobody is signed in any more. */
export function isSignedOut(error: unknown): boolean {
  return (
    error instanceof TRPCClientError && (error as TRPCClientError<AppRouter>).data?.error?.code === "SIGN_IN_REQUIRED"
  );
}

/** Failures of the network and of the server's side may pass; a refusal (4xx) stays one. */
export function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  const status = (error as TRPCClientError<AppRouter>).data?.httpStatus;
  return status === undefined || status >= 500;
}
