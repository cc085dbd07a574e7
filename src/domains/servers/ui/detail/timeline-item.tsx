"use client";

import { useFormatter, useTranslations } from "next-intl";
import { RelativeTime } from "@/components/relative-time";
import { cn } from "@/lib/cn";
import type { TimelineEntry } from "../../contract";
import { useCauseText } from "../use-cause-text";
import { type TimelineTone, timelineText } from "./timeline-text";

const dots: Readonly<Record<TimelineTone, string>> = {
  good: "bg-state-running",
  plain: "bg-state-stopped",
  attention: "bg-state-changing",
  bad: "bg-state-crashed",
};

/** One entry: what happened, why, who or what caused it, and when. */
export function TimelineItem({ entry }: { entry: TimelineEntry }) {
  const t = useTranslations("servers.timeline");
  const format = useFormatter();
  const causeText = useCauseText();
  const changes = useTranslations("servers.change");
  const types = useTranslations("versions.types");
  const versionName = ({ detail: { after } }: TimelineEntry) => {
    const shown = after as { type?: string; version?: string } | undefined;
    const type = shown?.type as "vanilla" | undefined;
    return type && types.has(type) ? `${types(type)} ${shown?.version ?? ""}` : undefined;
  };
  const { text, tone } = timelineText(entry);
  const { detail } = entry;
  const params = (typeof detail.params === "object" && detail.params !== null ? detail.params : {}) as Record<
    string,
    unknown
  >;
  const sentence = t(`text.${text}`, {
    kind: entry.kind,
    name: textOr(detail.username ?? detail.to ?? versionName(entry)),
    seconds: typeof detail.seconds === "number" ? format.number(detail.seconds, { maximumFractionDigits: 1 }) : "none",
    attempt: numberOr(detail.attempt, 1),
    attempts: numberOr(detail.attempts, 0),
    fields: fieldNames(detail.fields, (name) =>
      t.has(`fields.${name}` as "fields.name") ? t(`fields.${name}` as "fields.name") : name,
    ),
  });
  const reason = `reason.${entry.kind === "change-put-back" ? detail.reason : ""}` as "reason.failed";
  const putBack = changes.has(reason) ? changes(reason) : null;
  const why =
    typeof detail.cause === "string" && (text === "crashed" || text === "failed" || text === "change-put-back")
      ? causeText(detail.cause, params).what
      : null;
  return (
    <li className="relative flex gap-3 pb-3 last:pb-0 [&:not(:last-child)]:before:absolute [&:not(:last-child)]:before:top-4 [&:not(:last-child)]:before:bottom-0 [&:not(:last-child)]:before:left-[3.5px] [&:not(:last-child)]:before:w-px [&:not(:last-child)]:before:bg-border">
      <span aria-hidden="true" className={cn("mt-1.5 size-2 shrink-0 rounded-full", dots[tone])} />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className="text-sm">
          {sentence}
          {putBack && <span className="text-muted-foreground"> {putBack}</span>}
          {why && <span className="text-muted-foreground"> {why}</span>}
        </p>
        <p className="flex flex-wrap gap-x-2 text-xs text-muted-foreground">
          {/* A crash is nobody's doing: its cause says more. */}
          {!(text === "crashed" && entry.by.kind === "outside") && <CausedByText by={entry.by} />}
          <RelativeTime date={entry.at} />
        </p>
      </div>
    </li>
  );
}

function CausedByText({ by }: { by: TimelineEntry["by"] }) {
  const t = useTranslations("servers.timeline.by");
  if (by.kind === "outside") return <span>{t("outside")}</span>;
  if (by.kind === "system") {
    const key = `system.${by.name}` as "system.readiness";
    return <span>{t.has(key) ? t(key) : t("system.other", { name: by.name })}</span>;
  }
  return <span>{t(by.kind, { name: by.name })}</span>;
}

function textOr(value: unknown, fallback = ""): string {
  return typeof value === "string" ? value : fallback;
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}

function fieldNames(value: unknown, nameOf: (field: string) => string): string {
  return Array.isArray(value) && value.length > 0 ? value.map((field) => nameOf(String(field))).join(", ") : "none";
}
