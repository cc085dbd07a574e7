"use client";

import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** A switch that this browser remembers. On the server, and before anything was chosen, it is `initial`. */
export function useStoredFlag(key: string, initial: boolean): [boolean, (value: boolean) => void] {
  const value = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (read(key) === null ? initial : read(key) === "yes"),
    () => initial,
  );
  const set = useCallback(
    (next: boolean) => {
      try {
        localStorage.setItem(key, next ? "yes" : "no");
      } catch {
        // A forbidden storage: the choice is not remembered.
      }
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [value, set];
}
