"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";

const justNowMs = 20_000;

/** "3 hours ago" inside a sentence, kept true. */
export function useWhen(): (date: Date) => string {
  const format = useFormatter();
  const t = useTranslations("time");
  const now = useNow({ updateInterval: justNowMs });
  return (date) =>
    Math.abs(now.getTime() - date.getTime()) < justNowMs ? t("justNow") : format.relativeTime(date, now);
}
