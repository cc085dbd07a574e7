"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

/**
 * A state that lives in the query of the address, so that it survives a reload and can be passed on. `read` makes it of the
 * query, `write` the query of it; both must stay the same functions.
 */
export function useUrlState<State>(
  read: (query: URLSearchParams) => State,
  write: (state: State) => URLSearchParams,
): [State, (change: Partial<State>) => void] {
  const pathname = usePathname();
  const query = useSearchParams().toString();
  const state = useMemo(() => read(new URLSearchParams(query)), [read, query]);
  const change = useCallback(
    (part: Partial<State>) => {
      // What the address says now: two changes in one moment must not undo each other.
      const next = write({ ...read(new URLSearchParams(window.location.search)), ...part }).toString();
      window.history.replaceState(null, "", next ? `${pathname}?${next}` : pathname);
    },
    [pathname, read, write],
  );
  return [state, change];
}
