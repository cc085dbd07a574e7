"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatBytes } from "@/lib/format-bytes";
import type { Snapshot } from "../../contract";

/** When a snapshot was taken, how large it is and what it cost. */
export function SnapshotFacts({ snapshot }: { snapshot: Snapshot }) {
  const t = useTranslations("snapshots");
  const format = useFormatter();
  const locale = useLocale();
  const { metadata, size, fileCount, addedBytes, createdAt, checksum } = snapshot;
  const seconds = (ms: number) =>
    t("detail.seconds", { seconds: format.number(ms / 1000, { maximumFractionDigits: ms < 10_000 ? 2 : 0 }) });
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 rounded-lg border bg-card px-4 py-3 text-sm sm:grid-cols-3 lg:grid-cols-6">
      <Fact label={t("detail.taken")}>
        <time dateTime={createdAt.toISOString()}>{format.dateTime(createdAt, "short")}</time>
      </Fact>
      <Fact label={t("detail.by")}>{snapshot.type === "scheduled" ? t("schedule") : snapshot.createdBy}</Fact>
      <Fact label={t("detail.size")}>{t("size", { size: formatBytes(size, locale), files: fileCount })}</Fact>
      <Fact label={t("detail.onDisk")}>{formatBytes(addedBytes, locale)}</Fact>
      {metadata.durationMs !== undefined && <Fact label={t("detail.duration")}>{seconds(metadata.durationMs)}</Fact>}
      {metadata.savingOffMs !== undefined && metadata.savingOffMs > 0 && (
        <Fact label={t("detail.savingOff")}>{seconds(metadata.savingOffMs)}</Fact>
      )}
      {metadata.minecraftVersion && <Fact label={t("detail.version")}>{metadata.minecraftVersion}</Fact>}
      {checksum && (
        <Fact label={t("detail.checksum")}>
          <span className="font-mono text-xs" title={checksum}>
            {checksum.slice(0, 12)}…
          </span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-0.5">
      <dt className="text-xs text-muted-foreground">{label}</dt>
      <dd className="break-words tabular-nums">{children}</dd>
    </div>
  );
}
