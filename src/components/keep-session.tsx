"use client";

import { useEffect } from "react";
import { freshMark, renewSession } from "@/trpc/renew-session";
import { currentAttempt } from "@/trpc/renewal-attempt";

const lookMs = 20_000;

/**
 * Renews the session before its access part ends, for as long as a page is open: also the one that has just come back from a long
 * sleep. Calls renew by themselves; this is for all that is no call, such as a link to a download.
 */
export function KeepSession() {
  useEffect(() => {
    let isOver = false;
    const look = async () => {
      if (isOver || document.visibilityState === "hidden" || freshMark() !== undefined) return;
      isOver = (await renewSession(undefined)).kind === "ended";
    };
    const onLook = () => void look();
    onLook();
    // Long before it is needed, so that all tabs have the same one by then.
    void currentAttempt();
    const timer = setInterval(onLook, lookMs);
    document.addEventListener("visibilitychange", onLook);
    window.addEventListener("online", onLook);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onLook);
      window.removeEventListener("online", onLook);
    };
  }, []);
  return null;
}
