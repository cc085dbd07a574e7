"use client";

import { useTranslations } from "next-intl";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../contract";
import { ContainerFacts } from "./container-facts";

/** The image has just been asked whether the game answers; no event tells when it does. */
const healthMs = 15_000;

/** The container of a server of a Docker kind, as its engine tells it. Nothing for other kinds. */
export function ContainerCard({ server }: { server: Server }) {
  const t = useTranslations("launch.container");
  const isContainer = server.launchKind !== "host";
  const { data, error } = useQuery({
    ...useTRPC().servers.container.queryOptions({ serverId: server.id }),
    enabled: isContainer,
    refetchInterval: ({ state }) => (state.data?.health === "starting" ? healthMs : false),
  });
  if (!isContainer) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardContent>
        {error && <p className="text-sm text-muted-foreground">{t("unreachable")}</p>}
        {!error && data === undefined && <Skeleton className="h-64" />}
        {!error && data === null && <p className="text-sm text-muted-foreground">{t("none")}</p>}
        {!error && data && <ContainerFacts container={data} />}
      </CardContent>
    </Card>
  );
}
