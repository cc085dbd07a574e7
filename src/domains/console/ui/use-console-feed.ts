"use client";

import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { ConsoleFeed, type FeedState } from "./console-feed";
import { viewerClock } from "./viewer-clock";

/** One feed per server page, formatted in the viewer's language and time zone. */
export function useConsoleFeed(hasClock: boolean): { feed: ConsoleFeed; state: FeedState } {
  const t = useTranslations("console");
  const locale = useLocale();
  const gap = t("gap");
  const format = useMemo(() => ({ clock: hasClock ? viewerClock(locale) : null, gap }), [hasClock, locale, gap]);
  const [feed] = useState(() => new ConsoleFeed(format));
  useEffect(() => feed.setFormat(format), [feed, format]);
  const state = useSyncExternalStore(feed.subscribe, feed.snapshot, feed.snapshot);
  return { feed, state };
}
