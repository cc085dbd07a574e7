"use client";

import { useSyncExternalStore } from "react";

const neverChanges = () => () => {};

/** The host that this page was opened under, which is where players reach the servers too; null until it is known. */
export function useHostname(): string | null {
  return useSyncExternalStore(
    neverChanges,
    () => window.location.hostname,
    () => null,
  );
}
