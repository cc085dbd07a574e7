"use client";

import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/format-bytes";
import type { HealthCheck } from "../contract";
import { healthMarks } from "./health-mark";

/** One check: what was found, and what to do about it. */
export function HealthRow({ check }: { check: HealthCheck }) {
  const t = useTranslations("system");
  const locale = useLocale();
  const { icon: Icon, color } = healthMarks[check.status];
  const place = `${check.name}.${check.detail}`;
  const sentence = (part: "details" | "fixes") => {
    const key = `${part}.${place}` as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key, readable(check.params, locale)) : null;
  };
  const fix = sentence("fixes");
  return (
    <li className="grid grid-cols-[auto_1fr_auto] items-start gap-x-3 gap-y-1 p-4">
      <Icon aria-hidden="true" className={cn("mt-0.5 size-4", color)} />
      <div className="grid min-w-0 gap-1">
        <h2 className="font-medium">{t(`names.${check.name}`)}</h2>
        <p className="text-muted-foreground">{sentence("details") ?? check.detail}</p>
        {fix && (
          <p className="mt-1 border-l-2 pl-3">
            <span className="sr-only">{t("whatToDo")}: </span>
            {fix}
          </p>
        )}
      </div>
      <span className={cn("text-xs font-medium whitespace-nowrap", color)}>{t(`status.${check.status}`)}</span>
    </li>
  );
}

/** Numbers of bytes become "12 GB"; everything else stays. */
function readable(params: HealthCheck["params"], locale: string): HealthCheck["params"] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      name.endsWith("Bytes") && typeof value === "number" ? formatBytes(value, locale) : value,
    ]),
  );
}
