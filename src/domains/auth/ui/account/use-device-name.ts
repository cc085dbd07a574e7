"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { describeUserAgent } from "./describe-user-agent";

/** "Firefox on Windows" in the reader's language, from a user agent. */
export function useDeviceName(): (userAgent: string) => string {
  const t = useTranslations("auth.sessions");
  return useCallback(
    (userAgent) => {
      const { browser, system, kind } = describeUserAgent(userAgent);
      if (kind === "program") return userAgent.split(/[\s(]/)[0]?.slice(0, 40) || t("script");
      return t("device", { browser: browser ?? t("unknownBrowser"), system: system ?? t("unknownSystem") });
    },
    [t],
  );
}
