"use client";

import { CircleAlertIcon, CircleCheckIcon, CircleDashedIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/relative-time";
import { useErrorText } from "@/components/use-error-text";
import { cn } from "@/lib/cn";
import type { VersionType } from "../contract";
import { RefreshButton } from "./refresh-button";

/** One source: how many versions it gave, when it last answered, and what went wrong since. */
export function SourceCard({ source: { type, sourceState } }: { source: VersionType }) {
  const t = useTranslations("versions");
  const errorText = useErrorText();
  if (!sourceState) return null;
  const { count, lastError, lastSuccessAt } = sourceState;
  const isWaiting = !lastError && !lastSuccessAt;
  const Icon = lastError ? CircleAlertIcon : isWaiting ? CircleDashedIcon : CircleCheckIcon;
  const color = lastError ? "text-state-crashed" : isWaiting ? "text-muted-foreground" : "text-state-running";
  return (
    <li className="grid content-start gap-2 rounded-lg border bg-card p-4">
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold">{t(`types.${type}`)}</h2>
        <RefreshButton type={type} />
      </div>
      <p className={cn("flex items-center gap-1.5", color)}>
        <Icon aria-hidden="true" className="size-4 shrink-0" />
        {t(lastError ? "sourceFailed" : isWaiting ? "sourceWaiting" : "sourceOk")}
      </p>
      <p className="text-muted-foreground tabular-nums">
        {t("count", { count })}
        {" · "}
        {lastSuccessAt
          ? t.rich("lastSuccess", { when: () => <RelativeTime date={new Date(lastSuccessAt)} /> })
          : t("neverRefreshed")}
      </p>
      {lastError && (
        <div className="grid gap-1 border-l-2 pl-3 text-muted-foreground">
          <p>{errorText({ ...lastError, details: {} }).text}</p>
          <p>{t(count > 0 ? "failedKept" : "failedEmpty")}</p>
        </div>
      )}
    </li>
  );
}
