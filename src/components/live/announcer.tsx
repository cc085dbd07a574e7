"use client";

import { createContext, type ReactNode, useCallback, useContext, useState } from "react";

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** Says a sentence to screen readers, politely: after what they are saying now. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}

/** The one live region of the page. Two slots in turn, so that the same sentence twice is heard twice. */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ count: 0, text: "" });
  const announce = useCallback((text: string) => setSaid(({ count }) => ({ count: count + 1, text })), []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="sr-only" aria-live="polite" role="status">
        {said.count % 2 === 0 && said.text}
      </div>
      <div className="sr-only" aria-live="polite" role="status">
        {said.count % 2 === 1 && said.text}
      </div>
    </AnnounceContext>
  );
}
