"use client";

import { CircleAlertIcon, CircleCheckIcon, InfoIcon, type LucideIcon, TriangleAlertIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "@/lib/format-bytes";
import type { ChangeFinding } from "../../change-contract";

const looks: Readonly<Record<ChangeFinding["severity"], { icon: LucideIcon; color: string }>> = {
  block: { icon: CircleAlertIcon, color: "text-destructive" },
  warn: { icon: TriangleAlertIcon, color: "text-warning" },
  info: { icon: InfoIcon, color: "text-muted-foreground" },
};

/** What was found about a change, the gravest first. */
export function ChangeFindings({ findings }: { findings: readonly ChangeFinding[] }) {
  const t = useTranslations("servers.change");
  const textOf = useFindingText();
  if (findings.length === 0)
    return (
      <p className="flex items-center gap-2 text-sm">
        <CircleCheckIcon aria-hidden="true" className="size-4 shrink-0 text-state-running" />
        {t("none")}
      </p>
    );
  return (
    <ul aria-label={t("findings")} className="grid gap-2">
      {findings.map((finding) => {
        const { icon: Icon, color } = looks[finding.severity];
        return (
          <li key={finding.code} className="flex items-start gap-2 text-sm">
            <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${color}`} />
            <span className="min-w-0 break-words">
              <span className={`font-medium ${color}`}>{t(`severity.${finding.severity}`)}: </span>
              {textOf(finding)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function useFindingText(): (finding: ChangeFinding) => string {
  const t = useTranslations("servers.change.finding");
  const locale = useLocale();
  return ({ code, params }) => {
    const text = (name: string) => String(params[name] ?? "?");
    const bytes = (name: string) => formatBytes(Number(params[name] ?? 0), locale);
    return t(code, {
      version: text("version"),
      world: text("world"),
      required: text("required"),
      chosen: text("chosen"),
      names: text("names"),
      channel: text("channel"),
      count: Number(params.count ?? 0),
      needed: bytes("needed"),
      free: bytes("free"),
    });
  };
}
