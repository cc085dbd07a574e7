import { QueryClient } from "@tanstack/react-query";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Me } from "@/domains/auth/contract";
import { bridge } from "@/server/bridge";
import type { AppCaller } from "@/server/trpc/root";
import { currentMe } from "./current-me";
import { entryPath } from "./entry-path";
import { queryKeys } from "./query-keys";

export interface OpenPage {
  me: Me;
  /** Calls procedures in process, with the rights of the request. */
  caller: AppCaller;
  /** Holds what the page fetched; hand it over with `<HydrationBoundary state={dehydrate(client)}>`. */
  client: QueryClient;
  /** The same query keys as the browser's `useTRPC()`. */
  keys: ReturnType<typeof queryKeys>;
}

/** First line of every page of the panel: who asks, and the means to fetch ahead. `path` is where sign-in leads back to. */
export async function openPage(path: string): Promise<OpenPage> {
  const me = await currentMe();
  if (!me) redirect(await entryPath(path));
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return { me, caller: await bridge().caller(await headers()), client, keys: queryKeys(client) };
}
