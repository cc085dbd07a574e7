"use client";

import { useTranslations } from "next-intl";
import { useUrlState } from "@/components/use-url-state";
import { lineColors } from "@/domains/metrics/ui/chart-line";
import { MetricChart } from "@/domains/metrics/ui/metric-chart";
import { MetricsFrame } from "@/domains/metrics/ui/metrics-frame";
import { readMetricsRange, writeMetricsRange } from "@/domains/metrics/ui/metrics-range";
import { useMetricWords } from "@/domains/metrics/ui/use-metric-words";
import type { Server } from "@/domains/servers/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

/** How many have played on a server, over the last hour to month. */
export function PlayersChartCard({ server }: { server: Server }) {
  const t = useTranslations("metrics");
  const say = useMetricWords();
  const [{ range }, change] = useUrlState(readMetricsRange, writeMetricsRange);
  const query = useQuery({
    ...useTRPC().metrics.server.queryOptions({ serverId: server.id, range }),
    placeholderData: (before) => before,
  });
  const { playersOnline, playersMax } = server.live;
  return (
    <MetricsFrame
      title={t("players")}
      empty={t(server.state === "running" ? "emptyRunning" : "empty")}
      range={range}
      onRange={(next) => change({ range: next })}
      query={query}
      columns={({ series }) => [{ title: t("players"), series: series.playersOnline, say: say.count }]}
    >
      {(history) => (
        <div className="min-w-0 md:col-span-2">
          <MetricChart
            title={t("players")}
            value={
              playersOnline === null
                ? t("none")
                : t("playersOf", {
                    online: playersOnline,
                    max: playersMax === null ? t("none") : say.count(playersMax),
                  })
            }
            hint={t("playersHint")}
            history={history}
            lines={[{ label: null, series: history.series.playersOnline, color: lineColors.first, isDashed: false }]}
            say={say.count}
            least={4}
          />
        </div>
      )}
    </MetricsFrame>
  );
}
