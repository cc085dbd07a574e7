"use client";

import { useTranslations } from "next-intl";

const steps = [
  ["days", 86_400],
  ["hours", 3_600],
  ["minutes", 60],
  ["seconds", 1],
] as const;

/** Puts a length of time into its two largest units: "3 days 4 h", "12 min 5 s". */
export function useDuration(): (seconds: number) => string {
  const t = useTranslations("time.duration");
  return (seconds) => {
    let rest = Math.max(0, Math.floor(seconds));
    const parts: string[] = [];
    for (const [unit, size] of steps) {
      const count = Math.floor(rest / size);
      rest -= count * size;
      if (count > 0 || parts.length > 0 || unit === "seconds")
        parts.push(count > 0 || parts.length === 0 ? t(unit, { count }) : "");
      if (parts.length === 2) break;
    }
    return parts.filter(Boolean).join(" ");
  };
}
