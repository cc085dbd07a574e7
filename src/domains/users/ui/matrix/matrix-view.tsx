"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { DeniedState } from "@/components/denied-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import {
  Select,
  SelectContent,
  SelectGroup,
  SelectItem,
  SelectLabel,
  SelectTrigger,
  SelectValue,
} from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrlState } from "@/components/use-url-state";
import { type Permission, permissions } from "@/domains/auth/permissions";
import { groupPermissions } from "@/domains/auth/ui/group-permissions";
import { useCan } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useInfiniteQuery } from "@/trpc/use-query";
import { CellMark } from "./cell-mark";
import { MatrixTable } from "./matrix-table";
import { whoDiffers } from "./who-can";
import { WhoCanAnswer } from "./who-can-answer";

const all = "all";
const read = (query: URLSearchParams) => ({
  permission: permissions.find((name) => name === query.get("can")) ?? null,
});
const write = ({ permission }: { permission: Permission | null }) =>
  new URLSearchParams(permission ? { can: permission } : {});

/** Who can do what: the roles, and everybody who differs from theirs. */
export function MatrixView() {
  const t = useTranslations("users.matrix");
  const canSee = useCan("users.view");
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} />
      {canSee ? <Matrix /> : <DeniedState permission="users.view" />}
    </>
  );
}

function Matrix() {
  const t = useTranslations("users.matrix");
  const texts = useTranslations("auth");
  const [{ permission }, change] = useUrlState(read, write);
  const list = useInfiniteQuery(
    useTRPC().users.list.infiniteQueryOptions({ limit: 100 }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = list;
  // Those who differ can be anywhere: everybody is needed, page by page.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const users = list.data?.pages.flatMap(({ items }) => items);
  if (!users && list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (!users)
    return (
      <div role="status" aria-label={t("loading")} className="grid gap-4">
        <Skeleton className="h-9 w-64" />
        <Skeleton className="h-[60dvh]" />
      </div>
    );
  const differing = whoDiffers(users);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Select
          value={permission ?? all}
          onValueChange={(value) => change({ permission: value === all ? null : (value as Permission) })}
        >
          <SelectTrigger aria-label={t("filter")} className="max-w-full max-md:data-[size=default]:h-11 max-md:w-full">
            <span className="text-muted-foreground">{t("filter")}</span>
            <SelectValue />
          </SelectTrigger>
          <SelectContent className="max-h-96">
            <SelectItem value={all}>{t("allPermissions")}</SelectItem>
            {groupPermissions(permissions).map(({ group, permissions: names }) => (
              <SelectGroup key={group}>
                <SelectLabel>{texts(`permissionGroups.${group}`)}</SelectLabel>
                {names.map((name) => (
                  <SelectItem key={name} value={name}>
                    {texts(`permissions.${name}`)}
                  </SelectItem>
                ))}
              </SelectGroup>
            ))}
          </SelectContent>
        </Select>
        <ul aria-hidden="true" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted-foreground">
          {(["yes", "no", "granted", "denied"] as const).map((cell) => (
            <li key={cell} className="flex items-center gap-1.5">
              <CellMark cell={cell} />
              {t(`legend.${cell}`)}
            </li>
          ))}
        </ul>
      </div>
      {hasNextPage && <p className="mb-2 text-xs text-warning">{t("partly")}</p>}
      {permission && <WhoCanAnswer permission={permission} people={users} />}
      <MatrixTable permissions={permission ? [permission] : permissions} people={differing} />
      {differing.length === 0 && <p className="mt-3 text-muted-foreground">{t("nobodyDiffers")}</p>}
    </>
  );
}
