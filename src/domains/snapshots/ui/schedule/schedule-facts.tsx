"use client";

import { TriangleAlertIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { useErrorText } from "@/components/use-error-text";
import type { ScheduleState } from "../../contract";
import { useWhen } from "../use-when";
import { useKeepsText } from "./use-keeps-text";

/** Which limits change the schedule in force, and how. */
export function ClampsNote({ state }: { state: ScheduleState }) {
  const t = useTranslations("snapshots.clamps");
  const keepsText = useKeepsText();
  const { clamps, effective, schedule } = state;
  if (clamps.length === 0) return null;
  const isShortened = clamps.some(({ limit }) => limit === "maxBackups");
  const isRetimed = clamps.some(({ limit }) => limit !== "maxBackups") && schedule.timing.kind === "interval";
  return (
    <Alert variant="warning" role="status">
      <TriangleAlertIcon aria-hidden="true" />
      <AlertTitle>{t("title")}</AlertTitle>
      <AlertDescription>
        {clamps.map(({ layer, limit, value, given }) => (
          <p key={limit}>{t(limit, { who: t("layer", { layer }), value: String(value), given: String(given) })}</p>
        ))}
        {isRetimed && effective.everyHours !== null && <p>{t("everyHours", { hours: effective.everyHours })}</p>}
        {isShortened && <p>{t("keeps", { keeps: keepsText(effective.retention) })}</p>}
      </AlertDescription>
    </Alert>
  );
}

/** How the last turn went, and why it failed. */
export function LastRun({ serverId, lastRun }: { serverId: string; lastRun: ScheduleState["lastRun"] }) {
  const t = useTranslations("snapshots.lastRun");
  const errors = useTranslations("errors");
  const when = useWhen();
  const reason = lastRun?.reason;
  const key = reason as Parameters<typeof errors.has>[0] | null | undefined;
  const errorText = useErrorText();
  return (
    <Panel title={t("title")}>
      {!lastRun && <p className="text-muted-foreground">{t("none")}</p>}
      {lastRun && (
        <p
          className={lastRun.result === "failed" ? "font-medium text-destructive" : undefined}
          suppressHydrationWarning
        >
          {t(lastRun.result, { when: when(lastRun.dueAt) })}
        </p>
      )}
      {lastRun?.result === "skipped" && <p className="text-muted-foreground">{t("notPlayed")}</p>}
      {lastRun?.result === "failed" && reason && (
        <>
          <p>{key && errors.has(key) ? errorText({ code: reason, message: reason, details: {} }).text : reason}</p>
          <p className="text-xs text-muted-foreground">{t("noRetry")}</p>
        </>
      )}
      {lastRun?.snapshotId && lastRun.result === "complete" && (
        <Link
          href={`/servers/${serverId}/snapshots/${lastRun.snapshotId}`}
          className="w-fit underline underline-offset-4"
        >
          {t("open")}
        </Link>
      )}
    </Panel>
  );
}

export function LastDrill({ lastDrill }: { lastDrill: ScheduleState["lastDrill"] }) {
  const t = useTranslations("snapshots.lastDrill");
  const when = useWhen();
  return (
    <Panel title={t("title")}>
      {!lastDrill && <p className="text-muted-foreground">{t("none")}</p>}
      {lastDrill && (
        <p className={lastDrill.result === "good" ? undefined : "text-destructive"} suppressHydrationWarning>
          {t(lastDrill.result, { when: when(lastDrill.at) })}
        </p>
      )}
    </Panel>
  );
}

export function Panel({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="gap-3">
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-2 text-sm">{children}</CardContent>
    </Card>
  );
}
