"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { RefreshButton } from "./refresh-button";
import { SourceCard } from "./source-card";
import { VersionList } from "./version-list";
import { VersionLog } from "./version-log";

/** What can be installed: each source with how it is doing, its versions, and what changed when. */
export function VersionsView() {
  const t = useTranslations("versions");
  const { data: types, error, refetch } = useQuery(useTRPC().versions.types.queryOptions());
  const [tab, setTab] = useState("vanilla");
  const sources = types?.filter(({ sourceState }) => sourceState !== null) ?? [];
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} actions={<RefreshButton />} />
      {error && !types && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !types && <Skeleton className="h-28 w-full" />}
      {types && (
        <>
          <ul
            aria-label={t("sources")}
            className="mb-6 grid grid-cols-[repeat(auto-fit,minmax(min(100%,17rem),1fr))] gap-4"
          >
            {sources.map((source) => (
              <SourceCard key={source.type} source={source} />
            ))}
          </ul>
          <Tabs value={tab} onValueChange={setTab}>
            <TabsList aria-label={t("list")}>
              {sources.map(({ type }) => (
                <TabsTrigger key={type} value={type}>
                  {t(`types.${type}`)}
                </TabsTrigger>
              ))}
              <TabsTrigger value="log">{t("log")}</TabsTrigger>
            </TabsList>
            {sources.map(({ type }) => (
              <TabsContent key={type} value={type}>
                <VersionList type={type} />
              </TabsContent>
            ))}
            <TabsContent value="log">
              <VersionLog />
            </TabsContent>
          </Tabs>
        </>
      )}
    </>
  );
}
