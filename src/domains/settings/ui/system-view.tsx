"use client";

import { RefreshCwIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useDuration } from "@/components/use-duration";
import { useCan } from "@/domains/auth/ui/use-me";
import { JavaSection } from "@/domains/java/ui/java-section";
import { HostMetricsCard } from "@/domains/metrics/ui/host-metrics-card";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { EnginesSection } from "./engines-section";
import { HealthRow } from "./health-row";
import { HealthSummary } from "./health-summary";
import { SettingsSection } from "./settings-section";

/** Whether everything that mcsd needs is in order, and what to do where it is not. */
export function SystemView() {
  const t = useTranslations();
  const duration = useDuration();
  const canSeeSettings = useCan("system.view_settings");
  const { data, error, isFetching, refetch } = useQuery(useTRPC().system.health.queryOptions());
  return (
    <div className="max-w-4xl">
      <PageHeader
        title={t("system.title")}
        description={t("system.text")}
        actions={
          <Button variant="outline" size="sm" disabled={isFetching} onClick={() => void refetch()}>
            <RefreshCwIcon />
            {t("common.refresh")}
          </Button>
        }
      />
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Skeleton className="h-80 w-full" />}
      {data && (
        <div className="grid gap-4">
          <HealthSummary checks={data.checks} />
          <ul className="divide-y rounded-lg border bg-card">
            {data.checks.map((check) => (
              <HealthRow key={check.name} check={check} />
            ))}
          </ul>
          <dl className="flex flex-wrap gap-x-6 gap-y-1 text-muted-foreground">
            <div className="flex gap-2">
              <dt>{t("system.version")}</dt>
              <dd className="font-mono text-foreground">{data.version}</dd>
            </div>
            <div className="flex gap-2">
              <dt>{t("system.uptime")}</dt>
              <dd className="text-foreground tabular-nums">{duration(data.uptimeSeconds)}</dd>
            </div>
          </dl>
        </div>
      )}
      {data && (
        <div className="mt-8">
          <EnginesSection engines={data.engines} />
        </div>
      )}
      <div className="mt-8">
        <JavaSection />
      </div>
      <div className="mt-8">
        <HostMetricsCard />
      </div>
      {canSeeSettings && (
        <div className="mt-8">
          <SettingsSection />
        </div>
      )}
    </div>
  );
}
