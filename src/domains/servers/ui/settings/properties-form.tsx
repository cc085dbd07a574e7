"use client";

import { FileTextIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { fileAddress } from "@/domains/files/ui/file-address";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../contract";
import { usePermission } from "../use-permission";
import { PropertiesFields } from "./properties-fields";

/** server.properties as a form, with its text one click away. */
export function PropertiesForm({ server, isLocked }: { server: Server; isLocked: boolean }) {
  const t = useTranslations("files.properties");
  const trpc = useTRPC();
  const { has } = usePermission();
  const { data, error, refetch } = useQuery(
    // The game writes the file itself while it runs: read anew whenever the server has changed its state.
    trpc.servers.properties.queryOptions({ serverId: server.id }, { staleTime: 0 }),
  );
  return (
    <Card id="properties" className="gap-4">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription>{t("text")}</CardDescription>
        {has("files.view") && (
          <CardAction>
            <Button asChild variant="outline" size="sm" className="max-md:h-11">
              <Link href={fileAddress(server.id, "server.properties")}>
                <FileTextIcon />
                {t("raw")}
              </Link>
            </Button>
          </CardAction>
        )}
      </CardHeader>
      {data ? (
        <PropertiesFields server={server} isLocked={isLocked} data={data} />
      ) : (
        <CardContent>
          {error ? <ErrorState error={error} onRetry={() => refetch()} /> : <Skeleton className="h-64" />}
        </CardContent>
      )}
    </Card>
  );
}
