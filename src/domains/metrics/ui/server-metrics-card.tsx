"use client";

import { useTranslations } from "next-intl";
import { useUrlState } from "@/components/use-url-state";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../servers/contract";
import { lineColors } from "./chart-line";
import { MetricChart } from "./metric-chart";
import { MetricsFrame } from "./metrics-frame";
import { readMetricsRange, writeMetricsRange } from "./metrics-range";
import { useMetricWords } from "./use-metric-words";

const mebibyte = 1024 * 1024;
const fullSpeed = 20;

/** What a server uses, how many play and how fast it ticks: now, and over the last hour to month. */
export function ServerMetricsCard({ server }: { server: Server }) {
  const t = useTranslations("metrics");
  const say = useMetricWords();
  const [{ range }, change] = useUrlState(readMetricsRange, writeMetricsRange);
  const query = useQuery({
    ...useTRPC().metrics.server.queryOptions({ serverId: server.id, range }),
    // Another server's past is never shown for this one's: the card is keyed by it.
    placeholderData: (before) => before,
  });
  const { cpu, memoryBytes, playersOnline, playersMax } = server.live;
  const limit = server.memoryMb * mebibyte;
  const isRunning = server.state === "running";
  const orNone = <Value,>(value: Value | null, words: (value: Value) => string) =>
    value === null ? t("none") : words(value);
  return (
    <MetricsFrame
      title={t("title")}
      empty={t(isRunning ? "emptyRunning" : "empty")}
      range={range}
      onRange={(next) => change({ range: next })}
      query={query}
      columns={({ series }) => [
        { title: t("cpu"), series: series.cpu, say: say.percent },
        { title: t("memory"), series: series.memoryBytes, say: say.bytes },
        { title: t("players"), series: series.playersOnline, say: say.count },
        { title: t("tps"), series: series.tps, say: say.ticks },
        { title: t("mspt"), series: series.mspt, say: say.milliseconds },
        { title: t("folder"), series: series.diskBytes, say: say.bytes },
        { title: t("read"), series: series.diskRead, say: say.perSecond },
        { title: t("written"), series: series.diskWritten, say: say.perSecond },
        { title: t("received"), series: series.networkReceived, say: say.perSecond },
        { title: t("sent"), series: series.networkSent, say: say.perSecond },
      ]}
    >
      {(history) => {
        const { series } = history;
        const now = (name: keyof typeof series) => (isRunning ? (history.latest?.[name] ?? null) : null);
        const line = (name: keyof typeof series, label: string | null = null, isSecond = false) => ({
          label,
          series: series[name],
          color: isSecond ? lineColors.second : lineColors.first,
          isDashed: isSecond,
        });
        const hasNetwork = series.networkReceived !== null || series.networkSent !== null;
        return (
          <>
            <MetricChart
              title={t("cpu")}
              value={orNone(cpu, say.percent)}
              hint={t("cpuHint")}
              history={history}
              lines={[line("cpu")]}
              say={say.percent}
              least={1}
            />
            <MetricChart
              title={t("memory")}
              value={orNone(memoryBytes, say.bytes)}
              hint={t("memoryHint", { limit: say.bytes(limit) })}
              history={history}
              lines={[line("memoryBytes")]}
              say={say.bytes}
              least={limit}
              isBytes
            />
            <MetricChart
              title={t("players")}
              value={orNone(playersOnline, (online) =>
                t("playersOf", { online, max: playersMax === null ? t("none") : say.count(playersMax) }),
              )}
              hint={t("playersHint")}
              history={history}
              lines={[line("playersOnline")]}
              say={say.count}
              least={4}
            />
            <MetricChart
              title={t("tps")}
              value={orNone(now("tps"), say.ticks)}
              hint={
                now("mspt") === null ? t("tpsHint") : t("msptHint", { mspt: orNone(now("mspt"), say.milliseconds) })
              }
              history={history}
              lines={[line("tps")]}
              say={say.ticks}
              least={fullSpeed}
              isLowWorse
            />
            <MetricChart
              title={t("disk")}
              value={t("two", {
                first: orNone(now("diskRead"), say.perSecond),
                second: orNone(now("diskWritten"), say.perSecond),
              })}
              hint={t("diskHint")}
              history={history}
              lines={[line("diskRead", t("read")), line("diskWritten", t("written"), true)]}
              say={say.perSecond}
              least={1024}
              isBytes
            />
            <MetricChart
              title={t("folder")}
              value={orNone(now("diskBytes"), say.bytes)}
              hint={t("folderHint")}
              history={history}
              lines={[line("diskBytes")]}
              say={say.bytes}
              isBytes
            />
            {hasNetwork && (
              <MetricChart
                title={t("network")}
                value={t("two", {
                  first: orNone(now("networkReceived"), say.perSecond),
                  second: orNone(now("networkSent"), say.perSecond),
                })}
                hint=""
                history={history}
                lines={[line("networkReceived", t("received")), line("networkSent", t("sent"), true)]}
                say={say.perSecond}
                least={1024}
                isBytes
              />
            )}
          </>
        );
      }}
    </MetricsFrame>
  );
}
