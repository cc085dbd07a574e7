"use client";

import { LayersIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useDeferredValue, useId, useState } from "react";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Skeleton } from "@/components/ui/skeleton";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { ServerType } from "../contract";
import { filterVersions } from "./filter-versions";

const firstShown = 50;

/** The versions of one type, newest first. */
export function VersionList({ type }: { type: ServerType }) {
  const t = useTranslations("versions");
  const format = useFormatter();
  const stableId = useId();
  const { data, error, refetch } = useQuery(useTRPC().versions.list.queryOptions({ type }));
  const [search, setSearch] = useState("");
  const [isStableOnly, setIsStableOnly] = useState(true);
  const [limit, setLimit] = useState(firstShown);
  const wanted = useDeferredValue(search);

  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-96 w-full" />;
  if (data.length === 0) return <EmptyState icon={LayersIcon} title={t("count", { count: 0 })} text={t("empty")} />;

  const found = filterVersions(data, { search: wanted, isStableOnly });
  const shown = found.slice(0, limit);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Input
          type="search"
          data-page-search
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          aria-label={t("filter")}
          placeholder={t("filter")}
          className="max-w-64"
        />
        <Label htmlFor={stableId} className="font-normal">
          <Checkbox
            id={stableId}
            checked={isStableOnly}
            onCheckedChange={(checked) => setIsStableOnly(checked === true)}
          />
          {t("stableOnly")}
        </Label>
        <p role="status" className="text-muted-foreground tabular-nums sm:ml-auto">
          {t("showing", { shown: shown.length, total: found.length })}
        </p>
      </div>
      {found.length === 0 && <EmptyState icon={LayersIcon} title={t("noMatch")} />}
      {found.length > 0 && (
        <div className="overflow-hidden rounded-lg border bg-card">
          <Table>
            <TableHeader>
              <TableRow className="hover:bg-transparent">
                <TableHead>{t("version")}</TableHead>
                <TableHead>{t("channel")}</TableHead>
                <TableHead>{t("java")}</TableHead>
                <TableHead>{t("released")}</TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {shown.map(({ version, build, stable, channel, javaMajor, releasedAt }) => (
                <TableRow key={`${version} ${build}`}>
                  <TableCell className="font-mono whitespace-nowrap">
                    {version}
                    {build && <span className="ml-2 text-muted-foreground">#{build}</span>}
                  </TableCell>
                  <TableCell>
                    <Badge variant={stable ? "success" : "muted"} title={channel}>
                      {t(stable ? "stable" : "unstable")}
                    </Badge>
                  </TableCell>
                  <TableCell className="tabular-nums">{javaMajor}</TableCell>
                  <TableCell className="whitespace-nowrap text-muted-foreground tabular-nums">
                    {releasedAt ? format.dateTime(new Date(releasedAt), "day") : "–"}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
      {found.length > shown.length && (
        <Button variant="outline" size="sm" className="justify-self-center" onClick={() => setLimit(found.length)}>
          {t("showAll")}
        </Button>
      )}
    </div>
  );
}
