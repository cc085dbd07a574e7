"use client";

import {
  type DehydratedState,
  HydrationBoundary,
  hydrate,
  type QueryClient,
  useQueryClient,
} from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { isLive } from "./live-mark";
import { makeQueryClient } from "./query-client";

/** What the server had at hand when it drew the page, from here upwards; never changes. */
const DrawnWith = createContext<QueryClient | null>(null);

const makeStill = () => makeQueryClient({ onSignedOut: () => {} });

/** Around everything: nothing was fetched ahead yet. */
export function NothingAhead({ children }: { children: ReactNode }) {
  const [client] = useState(makeStill);
  return <DrawnWith value={client}>{children}</DrawnWith>;
}

/** Hands what a page fetched on the server to the components below, for the first drawing and into the tab's cache. */
export function FetchedAhead({ state, children }: { state: DehydratedState; children: ReactNode }) {
  const above = use(DrawnWith);
  const live = useQueryClient();
  // HydrationBoundary fills queries that somebody asks for already, such as the breadcrumbs, only after the first drawing.
  useMemo(() => {
    const isMissing = (hash: string) => live.getQueryCache().get(hash)?.state.data === undefined;
    hydrate(live, { queries: state.queries.filter(({ queryHash }) => isMissing(queryHash)) });
  }, [live, state]);
  // What happened between the fetch and this moment was told before the cache held it. A stream that begins later asks for all anew.
  useEffect(() => {
    if (!isLive(live)) return;
    const hashes = new Set(state.queries.map(({ queryHash }) => queryHash));
    void live.invalidateQueries({ predicate: ({ queryHash }) => hashes.has(queryHash) });
  }, [live, state]);
  const client = useMemo(() => {
    const still = makeStill();
    for (const query of above?.getQueryCache().getAll() ?? [])
      if (query.state.status === "success")
        still.setQueryData(query.queryKey, query.state.data, { updatedAt: query.state.dataUpdatedAt });
    hydrate(still, state);
    return still;
  }, [above, state]);
  return (
    <DrawnWith value={client}>
      <HydrationBoundary state={state}>{children}</HydrationBoundary>
    </DrawnWith>
  );
}

/**
 * While the server draws, and while the browser takes over what it drew: the queries to draw with. Parts of a page are taken over one
 * after the other, and the tab's cache may have changed when it is the turn of the last. Null from then on.
 */
export function useDrawnWith(): QueryClient | null {
  const client = use(DrawnWith);
  const isDrawn = useSyncExternalStore(never, isTakenOver, isBeingTakenOver);
  return isDrawn ? client : null;
}

const never = () => () => {};
const isTakenOver = () => false;
const isBeingTakenOver = () => true;
