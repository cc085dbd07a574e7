"use client";

import { Trash2Icon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useServer } from "../use-server";
import { ServerHeader } from "./server-header";
import { ServerTabs } from "./server-tabs";

/** Head and tabs of a server's pages; what stands below them is given as children. */
export function ServerFrame({ serverId, children }: { serverId: string; children: ReactNode }) {
  const t = useTranslations("servers.detail");
  const { server, error, refetch, isGone } = useServer(serverId);
  if (isGone) {
    return (
      <EmptyState
        icon={Trash2Icon}
        title={t("gone.title")}
        text={t("gone.text")}
        action={
          <Button asChild variant="outline">
            <Link href="/servers">{t("gone.back")}</Link>
          </Button>
        }
      />
    );
  }
  if (!server)
    return error ? <ErrorState error={error} onRetry={() => refetch()} /> : <FrameSkeleton label={t("loading")} />;
  return (
    <div className="flex min-h-full flex-1 flex-col">
      <ServerHeader server={server} />
      <ServerTabs server={server} />
      {children}
    </div>
  );
}

function FrameSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="grid gap-4">
      <div className="flex items-center gap-4">
        <Skeleton className="size-12" />
        <div className="grid flex-1 gap-2">
          <Skeleton className="h-6 w-56 max-w-full" />
          <Skeleton className="h-4 w-80 max-w-full" />
        </div>
      </div>
      <Skeleton className="h-9" />
      <div className="grid gap-4 lg:grid-cols-3">
        <Skeleton className="h-44" />
        <Skeleton className="h-44" />
        <Skeleton className="h-44" />
      </div>
    </div>
  );
}
