"use client";

import { useSyncExternalStore } from "react";

const query = "(max-width: 767px)";

/** True on a screen too narrow for tables. On the server: false. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}
