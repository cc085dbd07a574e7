"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "@/lib/format-bytes";
import type { UserLimits } from "../contract";

const counted = {
  minBackupIntervalHours: "hours",
  maxBackupIntervalHours: "hours",
  maxBackups: "backups",
  maxServers: "servers",
} as const;

/** A limit with its unit: "24 hours", "8 GB", "No limit". */
export function useLimitText(): (name: keyof UserLimits, value: number | null) => string {
  const t = useTranslations("users.limits");
  const locale = useLocale();
  return (name, value) => {
    if (value === null) return t("noLimit");
    if (name === "maxMemoryMb" || name === "maxDiskMb") return formatBytes(value * 1024 * 1024, locale);
    return t(`values.${counted[name]}`, { count: value });
  };
}
