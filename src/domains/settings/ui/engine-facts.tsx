"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatBytes } from "@/lib/format-bytes";
import type { EngineHealth } from "../contract";

/** What an engine that answers says of itself, and what its restart would mean. */
export function EngineFacts({ engine, servers }: { engine: NonNullable<EngineHealth["engine"]>; servers: number }) {
  const t = useTranslations("launch.engines");
  const locale = useLocale();
  const { address, version, apiVersion, os, cpus, memoryBytes, storageDriver, containers, warnings } = engine;
  return (
    <>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        <Row label={t("version")}>{t("versionApi", { version, api: apiVersion })}</Row>
        <Row label={t("address")}>
          <span className="font-mono text-xs break-all">{address}</span>
        </Row>
        <Row label={t("os")}>{os}</Row>
        <Row label={t("resources")}>{t("resourcesText", { cpus, memory: formatBytes(memoryBytes, locale) })}</Row>
        <Row label={t("storage")}>
          <span className="font-mono text-xs">{storageDriver}</span>
        </Row>
        <Row label={t("containers")}>{t("containersText", { count: containers })}</Row>
        <Row label={t("servers")}>{t("serversText", { count: servers })}</Row>
        <Row label={t("liveRestore")}>
          {t(engine.isLiveRestore ? "liveOn" : "liveOff")}
          {!engine.isLiveRestore && <span className="mt-1 block text-muted-foreground">{t("liveFix")}</span>}
        </Row>
      </dl>
      {engine.isOwnHost && <p className="text-muted-foreground">{t("mcsdHere")}</p>}
      {warnings.length > 0 && (
        <div className="grid gap-1">
          <h3 className="font-medium">{t("warnings")}</h3>
          <ul className="grid gap-1 font-mono text-xs text-muted-foreground">
            {warnings.map((warning) => (
              <li key={warning} className="break-words">
                {warning}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
