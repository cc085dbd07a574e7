"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { AuditEntry } from "../contract";
import type { AuditPageFilter } from "./audit-filter-url";

interface AuditDetailsProps {
  id: string;
  entry: AuditEntry;
  target: { kind: string; name: string } | null;
  onFilter: (part: Partial<AuditPageFilter>) => void;
}

/** All that is known of an entry. What people and scripts wrote is shown as text, never as anything else. */
export function AuditDetails({ id, entry, target, onFilter }: AuditDetailsProps) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const { seq, at, actorKind, actorId, actorName, address, action, targetId, details } = entry;
  const facts: [string, string | null][] = [
    [t("details.place"), String(seq)],
    [t("details.time"), format.dateTime(at, "long")],
    [t("details.who"), actorName ? `${actorName} · ${t(`actorKinds.${actorKind}`)}` : t(`actorKinds.${actorKind}`)],
    [t("details.actorId"), actorId],
    [t("details.address"), address],
    [t("details.action"), action],
    [
      t("details.target"),
      target && [target.kind, target.name === targetId ? "" : target.name].filter(Boolean).join(" · "),
    ],
    [t("details.target"), targetId],
  ];
  return (
    <section
      id={id}
      aria-label={t("details.open", { seq })}
      className="grid gap-3 border-t bg-muted/30 px-4 py-3 md:pl-10"
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1 text-xs">
        {facts.map(
          ([label, value], index) =>
            value && (
              // biome-ignore lint/suspicious/noArrayIndexKey: the facts are always the same ones, in the same order
              <div key={index} className="contents">
                <dt className="text-muted-foreground">{label}</dt>
                <dd className="font-mono break-all">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {Object.keys(details).length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre tabIndex={0} className="max-h-72 overflow-auto rounded-md border bg-card p-3 font-mono text-xs leading-5">
          {JSON.stringify(details, null, 2)}
        </pre>
      ) : (
        <p className="text-xs text-muted-foreground">{t("details.noData")}</p>
      )}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {actorId && (
          <Button size="sm" variant="outline" className="max-md:h-11" onClick={() => onFilter({ actorId })}>
            {t("details.onlyActor")}
          </Button>
        )}
        {targetId && (
          <Button size="sm" variant="outline" className="max-md:h-11" onClick={() => onFilter({ targetId })}>
            {t("details.onlyTarget")}
          </Button>
        )}
      </div>
    </section>
  );
}
