"use client";

import { useRouter } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useEffect } from "react";
import { timeZoneCookie } from "@/i18n/cookies";
import { setCookie } from "./set-cookie";

/**
 * Tells the server the viewer's time zone, once: only the browser knows it, and every time on the page follows it. A zone that
 * the account chose stays.
 */
export function TimeZoneSync({ isChosen }: { isChosen: boolean }) {
  const router = useRouter();
  const shown = useTimeZone();
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (isChosen || !timeZone || timeZone === shown) return;
    setCookie(timeZoneCookie, timeZone);
    router.refresh();
  }, [router, shown, isChosen]);
  return null;
}
