"use client";

import { TriangleAlertIcon } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { formatBytes } from "@/lib/format-bytes";
import type { ImportFindings } from "../../import-contract";
import { useScheduleText } from "./use-schedule-text";

/** What was found by looking, and what is worth knowing before it is taken over. */
export function FoundFacts({ found }: { found: ImportFindings }) {
  const t = useTranslations("imports");
  const types = useTranslations("versions.types");
  const scheduleText = useScheduleText();
  const format = useFormatter();
  const locale = useLocale();
  const facts: [string, string][] = [
    [t("facts.where"), found.root === "" ? t("facts.top") : found.root],
    [t("facts.kind"), [types(found.type), found.version, found.build].filter(Boolean).join(" ")],
    [t("facts.program"), found.program ?? t("facts.none")],
    [t("facts.world"), found.world ?? t("facts.none")],
    [t("facts.java"), found.javaMajor === null ? t("facts.byVersion") : String(found.javaMajor)],
    [t("facts.size"), t("facts.amount", { files: format.number(found.files), size: formatBytes(found.bytes, locale) })],
    ...(found.panel ? [[t("facts.panel"), t(`panels.${found.panel}`)] as [string, string]] : []),
  ];
  return (
    <div className="grid gap-4">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {found.notes.length > 0 && (
        <Alert>
          <TriangleAlertIcon aria-hidden="true" />
          <AlertTitle>{t("notes.title")}</AlertTitle>
          <AlertDescription>
            <ul className="list-disc pl-4">
              {found.notes.map((note) => (
                <li key={note}>{t(`notes.${note}`)}</li>
              ))}
            </ul>
          </AlertDescription>
        </Alert>
      )}
      {found.schedules.length > 0 && (
        <div className="grid gap-1">
          <p className="font-medium">{t("schedules.title")}</p>
          <ul className="grid list-disc gap-1 pl-4">
            {found.schedules.map((schedule, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: another panel's schedules have nothing else that tells them apart
              <li key={index}>
                {schedule.name}: <span className="font-mono text-sm">{schedule.when}</span>, {schedule.action}
                <span className="block text-sm text-muted-foreground">{scheduleText(schedule)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
