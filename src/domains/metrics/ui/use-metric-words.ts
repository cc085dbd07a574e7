"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatBytes } from "@/lib/format-bytes";

/** Puts values into words of the viewer's language, each by its unit. */
export function useMetricWords() {
  const t = useTranslations("metrics");
  const format = useFormatter();
  const locale = useLocale();
  return {
    percent: (share: number) => format.number(share, "percent"),
    bytes: (bytes: number) => formatBytes(bytes, locale),
    perSecond: (bytes: number) => t("perSecond", { amount: formatBytes(bytes, locale) }),
    count: (value: number) => format.number(value, { maximumFractionDigits: 1 }),
    ticks: (value: number) => format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    milliseconds: (value: number) =>
      t("milliseconds", { amount: format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }) }),
  };
}
