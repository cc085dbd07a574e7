"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/format-bytes";
import type { Server } from "../contract";
import { Sparkline } from "./sparkline";
import { useLiveHistory } from "./use-live-history";

const mebibyte = 1024 * 1024;

interface MeterProps {
  label: string;
  value: string;
  samples: readonly (number | null)[];
  max: number;
  colour: string;
  isCompact: boolean;
}

function Meter({ label, value, samples, max, colour, isCompact }: MeterProps) {
  return (
    <div className={cn("min-w-0", isCompact ? "flex items-center gap-2" : "grid gap-1")}>
      <p className={cn("flex items-baseline justify-between gap-2 text-xs", isCompact && "w-16 shrink-0 justify-end")}>
        <span className={cn("text-muted-foreground", isCompact && "sr-only")}>{label}</span>
        <span className="tabular-nums">{value}</span>
      </p>
      <Sparkline samples={samples} max={max} className={colour} />
    </div>
  );
}

interface ServerLoadProps {
  server: Pick<Server, "id" | "live" | "memoryMb">;
  /** For table cells: value and line beside each other, label only for screen readers. */
  isCompact?: boolean;
}

/** CPU of now with its line. A full core is the top edge; where more than one is busy, that is. */
export function CpuLoad({ server, isCompact = false }: ServerLoadProps) {
  const t = useTranslations("servers.load");
  const format = useFormatter();
  const samples = useLiveHistory(server.id).map((sample) => sample.cpu);
  const { cpu } = server.live;
  const top = Math.max(1, ...samples.map((value) => value ?? 0));
  const value = cpu === null ? t("none") : format.number(cpu, { style: "percent", maximumFractionDigits: 0 });
  return <Meter {...{ label: t("cpu"), value, samples, max: top, colour: "text-primary", isCompact }} />;
}

/** Memory of now with its line; the top edge is what the server may use. */
export function MemoryLoad({ server, isCompact = false }: ServerLoadProps) {
  const t = useTranslations("servers.load");
  const locale = useLocale();
  const samples = useLiveHistory(server.id).map((sample) => sample.memoryBytes);
  const { memoryBytes } = server.live;
  const limit = server.memoryMb * mebibyte;
  const top = Math.max(limit, ...samples.map((value) => value ?? 0));
  const value = memoryBytes === null ? t("none") : formatBytes(memoryBytes, locale);
  return (
    <Meter {...{ label: t("memory"), value, samples, max: top, colour: "text-sky-600 dark:text-sky-400", isCompact }} />
  );
}
