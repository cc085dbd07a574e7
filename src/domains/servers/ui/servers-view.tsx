"use client";

import { ImportIcon, PlusIcon, SearchXIcon, ServerIcon as ServersIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { setCookie } from "@/components/set-cookie";
import { Button } from "@/components/ui/button";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { BulkBar } from "./bulk-bar";
import { noFilter, type ServerFilter, selectServers, tagsOf } from "./select-servers";
import { ServerList } from "./server-list";
import { type ServersLook, serversLookCookie } from "./servers-look";
import { ServersSkeleton } from "./servers-skeleton";
import { ServersToolbar } from "./servers-toolbar";
import { usePermission } from "./use-permission";

/** The page of all servers that one can see. */
export function ServersView({ initialLook }: { initialLook: ServersLook }) {
  const t = useTranslations("servers");
  const trpc = useTRPC();
  const { data: servers, error, refetch } = useQuery(trpc.servers.list.queryOptions());
  const { has } = usePermission();
  const [look, setLook] = useState(initialLook);
  const [filter, setFilter] = useState(noFilter);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const search = useDeferredValue(filter.search);
  const shown = useMemo(() => selectServers(servers ?? [], { ...filter, search }), [servers, filter, search]);
  const chosen = shown.filter(({ id }) => selected.has(id));

  const chooseLook = (next: ServersLook) => {
    setLook(next);
    setCookie(serversLookCookie, next);
  };
  const select = useCallback((ids: readonly string[], isSelected: boolean) => {
    setSelected((before) => {
      const others = [...before].filter((id) => !ids.includes(id));
      return new Set(isSelected ? [...others, ...ids] : others);
    });
  }, []);
  const create = has("servers.create") && (
    <>
      <Button asChild variant="outline" className="max-md:h-11">
        <Link href="/servers/import">
          <ImportIcon aria-hidden="true" />
          {t("import")}
        </Link>
      </Button>
      <Button asChild className="max-md:h-11">
        <Link href="/servers/new">
          <PlusIcon aria-hidden="true" />
          {t("create")}
        </Link>
      </Button>
    </>
  );

  return (
    <>
      <PageHeader
        title={t("title")}
        description={servers && servers.length > 0 ? t("summary", summaryOf(servers)) : undefined}
        actions={create}
      />
      {servers && servers.length > 0 && (
        <ServersToolbar
          filter={filter}
          onFilter={(part: Partial<ServerFilter>) => setFilter({ ...filter, ...part })}
          tags={tagsOf(servers)}
          look={look}
          onLook={chooseLook}
        />
      )}
      {servers === undefined && error === null && <ServersSkeleton look={look} label={t("loading")} />}
      {servers === undefined && error !== null && <ErrorState error={error} onRetry={() => refetch()} />}
      {servers?.length === 0 && (
        <EmptyState
          icon={ServersIcon}
          title={t("empty.title")}
          text={t(create ? "empty.text" : "empty.noPermission")}
          action={create}
        />
      )}
      {servers && servers.length > 0 && shown.length === 0 && (
        <EmptyState
          icon={SearchXIcon}
          title={t("noMatch.title")}
          text={t("noMatch.text", { count: servers.length })}
          action={
            <Button variant="outline" onClick={() => setFilter({ ...noFilter, sort: filter.sort })}>
              {t("noMatch.reset")}
            </Button>
          }
        />
      )}
      {shown.length > 0 && <ServerList servers={shown} look={look} selected={selected} onSelect={select} />}
      {chosen.length > 0 && <BulkBar servers={chosen} onClear={() => setSelected(new Set())} />}
    </>
  );
}

function summaryOf(servers: readonly { state: string; live: { playersOnline: number | null } }[]) {
  return {
    count: servers.length,
    running: servers.filter(({ state }) => state === "running").length,
    players: servers.reduce((sum, { live }) => sum + (live.playersOnline ?? 0), 0),
  };
}
