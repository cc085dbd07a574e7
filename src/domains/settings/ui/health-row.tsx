"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ServerType } from "@/domains/versions/contract";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/format-bytes";
import type { HealthCheck } from "../contract";
import { healthMarks } from "./health-mark";

/** One check: what was found, and what to do about it. */
export function HealthRow({ check }: { check: HealthCheck }) {
  const t = useTranslations("system");
  const typeNames = useTypeNames();
  const locale = useLocale();
  const { icon: Icon, color } = healthMarks[check.status];
  const place = `${check.name}.${check.detail}`;
  const sentence = (part: "details" | "fixes") => {
    const key = `${part}.${place}` as Parameters<typeof t.has>[0];
    return t.has(key) ? t(key, readable(check.params, locale, typeNames)) : null;
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

/** Bytes become "12 GB" and server types their names; everything else stays. */
function readable(
  params: HealthCheck["params"],
  locale: string,
  typeNames: (types: string) => string,
): HealthCheck["params"] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (name.endsWith("Bytes") && typeof value === "number") return [name, formatBytes(value, locale)];
      return [name, name === "types" ? typeNames(String(value)) : value];
    }),
  );
}

function useTypeNames(): (types: string) => string {
  const t = useTranslations("versions.types");
  const format = useFormatter();
  return (types) =>
    format.list(types.split(", ").map((type) => (t.has(type as ServerType) ? t(type as ServerType) : type)));
}
