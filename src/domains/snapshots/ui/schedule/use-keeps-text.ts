"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Retention } from "../../contract";

export const retentionTiers = ["last", "hourly", "daily", "weekly", "monthly"] as const;

/** A retention in words: "Keeps the 7 newest and the last of each of 7 days: 14 snapshots at most." */
export function useKeepsText(): (retention: Retention) => string {
  const t = useTranslations("snapshots.keeps");
  const format = useFormatter();
  return (retention) => {
    const counts = retentionTiers.map((tier) => ({ tier, count: Number(retention[tier]) || 0 }));
    const parts = counts.filter(({ count }) => count > 0).map(({ tier, count }) => t(tier, { count }));
    return t("sentence", { list: format.list(parts), most: counts.reduce((sum, { count }) => sum + count, 0) });
  };
}
