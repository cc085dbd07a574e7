"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { CopyButton } from "@/components/copy-button";
import type { ContainerView } from "@/domains/launch/contract";
import { formatBytes } from "@/lib/format-bytes";
import { Fact } from "./fact";

const shortLength = 12;
const everyone = "0.0.0.0";

/** Everything that may be seen of a container. */
export function ContainerFacts({ container }: { container: ContainerView }) {
  const t = useTranslations("launch.container");
  const format = useFormatter();
  const locale = useLocale();
  const { state, health, ports, networks, memoryLimitBytes, startedAt } = container;
  const stateKey = `states.${state}` as Parameters<typeof t.has>[0];
  const healthKey = `healths.${health}` as Parameters<typeof t.has>[0];
  // What players join by comes before what only this machine reaches.
  const sorted = [...ports].sort((a, b) => Number(b.address === everyone) - Number(a.address === everyone));
  const started = startedAt === null ? null : new Date(startedAt);
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2.5 text-sm">
      <Fact label={t("id")}>
        <ShortId id={container.id} copyLabel={t("copyId")} />
      </Fact>
      <Fact label={t("state")}>{t.has(stateKey) ? t(stateKey as "states.running") : state}</Fact>
      {health !== null && state === "running" && (
        <Fact label={t("health")}>
          <span className={health === "unhealthy" ? "text-destructive" : undefined}>
            {t.has(healthKey) ? t(healthKey as "healths.healthy") : health}
          </span>
        </Fact>
      )}
      {started && (
        <Fact label={t("startedAt")}>
          <time dateTime={started.toISOString()}>{format.dateTime(started, "long")}</time>
        </Fact>
      )}
      <Fact label={t("restarts")}>{format.number(container.restarts)}</Fact>
      <Fact label={t("memoryLimit")}>
        {memoryLimitBytes === 0 ? t("noLimit") : formatBytes(memoryLimitBytes, locale)}
      </Fact>
      {networks.some(({ address }) => address !== "") && (
        <Fact label={t("network")}>
          {networks.map(({ name, address }) => (
            <span key={name} className="block font-mono text-xs leading-5" title={name}>
              {address}
            </span>
          ))}
        </Fact>
      )}
      <Fact label={t("ports")}>
        {ports.length === 0 && t("noPorts")}
        {sorted.map(({ port, protocol, address }) => (
          <span key={`${address}:${port}/${protocol}`} className="block tabular-nums">
            {t(address === everyone ? "everywhere" : "onAddress", { port: String(port), protocol, address })}
          </span>
        ))}
      </Fact>
      <Fact label={t("image")}>
        <span className="font-mono text-xs leading-5 break-all">{container.image}</span>
      </Fact>
      <Fact label={t("imageId")}>
        <ShortId id={container.imageId.replace(/^sha256:/, "")} copyLabel={t("copyImageId")} />
      </Fact>
      <Fact label={t("name")}>
        <span className="font-mono text-xs leading-5 break-all">{container.name}</span>
      </Fact>
    </dl>
  );
}

/** As `docker ps` shows it; the button copies the whole. */
function ShortId({ id, copyLabel }: { id: string; copyLabel: string }) {
  return (
    <span className="-my-1 flex items-center gap-1">
      <span className="font-mono text-xs" title={id}>
        {id.slice(0, shortLength)}
      </span>
      <CopyButton value={id} label={copyLabel} className="max-md:size-9" />
    </span>
  );
}
