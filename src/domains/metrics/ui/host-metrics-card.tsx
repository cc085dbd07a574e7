"use client";

import { useTranslations } from "next-intl";
import { useUrlState } from "@/components/use-url-state";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { lineColors } from "./chart-line";
import { MetricChart } from "./metric-chart";
import { MetricsFrame } from "./metrics-frame";
import { readMetricsRange, writeMetricsRange } from "./metrics-range";
import { useMetricWords } from "./use-metric-words";

/** What the machine with mcsd and its servers is doing: now, and over the last hour to month. */
export function HostMetricsCard() {
  const t = useTranslations("metrics");
  const say = useMetricWords();
  const [{ range }, change] = useUrlState(readMetricsRange, writeMetricsRange);
  const query = useQuery({
    ...useTRPC().metrics.host.queryOptions({ range }),
    placeholderData: (before) => before,
  });
  const cores = query.data?.capacity.cores ?? 1;
  const ofAllCores = (busy: number) => say.percent(busy / cores);
  return (
    <MetricsFrame
      title={t("hostTitle")}
      empty={t("emptyRunning")}
      range={range}
      onRange={(next) => change({ range: next })}
      query={query}
      columns={({ series }) => [
        { title: t("cpu"), series: series.cpu, say: ofAllCores },
        { title: t("load"), series: series.load, say: say.count },
        { title: t("memory"), series: series.memoryBytes, say: say.bytes },
        { title: t("hostDisk"), series: series.diskBytes, say: say.bytes },
        { title: t("received"), series: series.networkReceived, say: say.perSecond },
        { title: t("sent"), series: series.networkSent, say: say.perSecond },
      ]}
    >
      {(history) => {
        const { series, capacity } = history;
        const now = (name: keyof typeof series, words: (value: number) => string) => {
          const value = history.latest?.[name] ?? null;
          return value === null ? t("none") : words(value);
        };
        const line = (name: keyof typeof series) => ({ label: null, series: series[name], color: lineColors.first });
        return (
          <>
            <MetricChart
              title={t("cpu")}
              value={now("cpu", ofAllCores)}
              hint={t("hostCpuHint", { cores: capacity.cores })}
              history={history}
              lines={[line("cpu")]}
              say={ofAllCores}
              least={capacity.cores}
            />
            <MetricChart
              title={t("memory")}
              value={now("memoryBytes", say.bytes)}
              hint={t("hostMemoryHint", { total: say.bytes(capacity.memoryBytes) })}
              history={history}
              lines={[line("memoryBytes")]}
              say={say.bytes}
              least={capacity.memoryBytes}
              isBytes
            />
            <MetricChart
              title={t("load")}
              value={now("load", say.count)}
              hint={t("loadHint", { cores: capacity.cores })}
              history={history}
              lines={[line("load")]}
              say={say.count}
              least={capacity.cores}
            />
            <MetricChart
              title={t("hostDisk")}
              value={now("diskBytes", say.bytes)}
              hint={t("hostDiskHint", { total: say.bytes(capacity.diskBytes) })}
              history={history}
              lines={[line("diskBytes")]}
              say={say.bytes}
              least={capacity.diskBytes}
              isBytes
            />
            <MetricChart
              title={t("network")}
              value={t("two", {
                first: now("networkReceived", say.perSecond),
                second: now("networkSent", say.perSecond),
              })}
              hint={t("hostNetworkHint")}
              history={history}
              lines={[
                { label: t("received"), series: series.networkReceived, color: lineColors.first },
                { label: t("sent"), series: series.networkSent, color: lineColors.second, isDashed: true },
              ]}
              say={say.perSecond}
              least={1024}
              isBytes
            />
          </>
        );
      }}
    </MetricsFrame>
  );
}
