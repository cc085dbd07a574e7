"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { formatBytes } from "@/lib/format-bytes";
import type { Server } from "../../contract";
import { liveHistoryLength } from "../live-history";
import { useLiveHistory } from "../use-live-history";
import { LiveChart } from "./live-chart";

const mebibyte = 1024 * 1024;

/** CPU and memory of now, with the last minutes as this tab has seen them. */
export function LoadCard({ server }: { server: Server }) {
  const t = useTranslations("servers.load");
  const locale = useLocale();
  const format = useFormatter();
  const samples = useLiveHistory(server.id);
  const { cpu, memoryBytes } = server.live;
  const limit = server.memoryMb * mebibyte;
  const percent = (share: number) => format.number(share, "percent");
  const cpuTop = Math.max(1, Math.ceil(Math.max(0, ...samples.map((sample) => sample.cpu ?? 0))));
  const memoryTop = Math.max(limit, ...samples.map((sample) => sample.memoryBytes ?? 0));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-6 md:grid-cols-2">
        <LiveChart
          label={t("cpu")}
          value={cpu === null ? t("none") : percent(cpu)}
          hint={t("cpuHint")}
          samples={samples.map((sample) => sample.cpu)}
          capacity={liveHistoryLength}
          top={cpuTop}
          topLabel={percent(cpuTop)}
          className="text-primary"
        />
        <LiveChart
          label={t("memory")}
          value={memoryBytes === null ? t("none") : formatBytes(memoryBytes, locale)}
          hint={t("memoryHint", { limit: formatBytes(limit, locale) })}
          samples={samples.map((sample) => sample.memoryBytes)}
          capacity={liveHistoryLength}
          top={memoryTop}
          topLabel={formatBytes(memoryTop, locale)}
          className="text-sky-600 dark:text-sky-400"
        />
      </CardContent>
    </Card>
  );
}
