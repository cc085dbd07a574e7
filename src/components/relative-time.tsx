"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";

interface RelativeTimeProps {
  date: Date;
  className?: string;
}

/** "3 minutes ago", kept true, with the exact time on hover. Future times read "in 3 minutes". */
export function RelativeTime({ date, className }: RelativeTimeProps) {
  const format = useFormatter();
  const t = useTranslations("time");
  const now = useNow({ updateInterval: 20_000 });
  const isJustNow = Math.abs(now.getTime() - date.getTime()) < 20_000;
  return (
    <time
      dateTime={date.toISOString()}
      title={format.dateTime(date, "long")}
      className={className}
      // The server rendered this a moment earlier.
      suppressHydrationWarning
    >
      {isJustNow ? t("justNow") : format.relativeTime(date, now)}
    </time>
  );
}
