"use client";

import { HardDriveIcon } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { formatBytes } from "@/lib/format-bytes";
import type { SnapshotUsage } from "../contract";

/** Above 80 %: how full the disk is and what helps. */
export function DiskWarning({ disk }: { disk: SnapshotUsage["disk"] }) {
  const t = useTranslations("snapshots.disk");
  const format = useFormatter();
  const locale = useLocale();
  if (!disk.isLow) return null;
  const { freeBytes, totalBytes } = disk;
  return (
    <Alert variant="warning" role="status">
      <HardDriveIcon aria-hidden="true" />
      <AlertTitle>{t("title", { percent: format.number(1 - freeBytes / totalBytes, "percent") })}</AlertTitle>
      <AlertDescription>
        {t("text", { free: formatBytes(freeBytes, locale), total: formatBytes(totalBytes, locale) })}
      </AlertDescription>
    </Alert>
  );
}
