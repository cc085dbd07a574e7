"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { type MetricRange, metricRangeNames } from "../contract";

interface RangeSwitchProps {
  range: MetricRange;
  onRange(range: MetricRange): void;
}

/** How far back the charts go. */
export function RangeSwitch({ range, onRange }: RangeSwitchProps) {
  const t = useTranslations("metrics");
  return (
    <fieldset className="flex rounded-md border p-0.5">
      <legend className="sr-only">{t("range")}</legend>
      {metricRangeNames.map((name) => (
        <Button
          key={name}
          size="sm"
          variant={range === name ? "secondary" : "ghost"}
          aria-pressed={range === name}
          className="h-7 px-2 max-md:h-11 max-md:px-3"
          onClick={() => onRange(name)}
        >
          {t(`ranges.${name}`)}
        </Button>
      ))}
    </fieldset>
  );
}
