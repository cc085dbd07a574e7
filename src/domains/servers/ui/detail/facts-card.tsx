"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../contract";
import { ChangeButton } from "../change/change-button";
import { Fact } from "./fact";

/** What the server is made of. */
export function FactsCard({ server }: { server: Server }) {
  const t = useTranslations("servers.facts");
  const kinds = useTranslations("launch.kinds");
  const types = useTranslations("versions.types");
  const format = useFormatter();
  const locale = useLocale();
  const trpc = useTRPC();
  const { data: javas } = useQuery(trpc.servers.listJava.queryOptions(undefined, { staleTime: 300_000 }));
  const major = server.javaMajor ?? server.requiredJava;
  // A container's image brings the Java.
  const isMissing = server.launchKind === "host" && javas !== undefined && !javas.some((java) => java.major === major);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2.5 text-sm">
          <Fact label={t("type")}>{types(server.type)}</Fact>
          <Fact label={t("version")}>
            <span className="font-mono tabular-nums">{server.version}</span>
            {server.build && <span className="text-muted-foreground"> {t("build", { build: server.build })}</span>}
          </Fact>
          <Fact label={t("java")}>
            <span className={isMissing ? "text-destructive" : undefined}>
              {t(isMissing ? "javaMissing" : "javaMajor", { major: String(major) })}
            </span>
            {server.javaMajor !== null && server.javaMajor !== server.requiredJava && (
              <span className="block text-xs text-muted-foreground">
                {t("javaFixed", { major: String(server.requiredJava) })}
              </span>
            )}
          </Fact>
          <Fact label={t("memory")}>{formatBytes(server.memoryMb * 1024 * 1024, locale)}</Fact>
          <Fact label={t("port")}>
            <span className="font-mono tabular-nums">{server.port}</span>
          </Fact>
          <Fact label={t("launch")}>{kinds(server.launchKind)}</Fact>
          {server.control && <Fact label={t("control")}>{t(`controls.${server.control}`)}</Fact>}
          <Fact label={t("owner")}>{server.ownerName}</Fact>
          <Fact label={t("autoStart")}>{t(server.autoStart ? "yes" : "no")}</Fact>
          <Fact label={t("afterCrash")}>
            {server.crashPolicy.restart
              ? t("restarts", { tries: server.crashPolicy.maxTries, minutes: server.crashPolicy.windowMinutes })
              : t("staysDown")}
          </Fact>
          <Fact label={t("created")}>
            <time dateTime={server.createdAt.toISOString()} title={format.dateTime(server.createdAt, "long")}>
              {format.dateTime(server.createdAt, "day")}
            </time>
          </Fact>
          <Fact label={t("id")}>
            <span className="font-mono text-xs break-all text-muted-foreground">{server.id}</span>
          </Fact>
        </dl>
        <ChangeButton server={server} />
      </CardContent>
    </Card>
  );
}
