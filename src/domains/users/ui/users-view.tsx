"use client";

import { SearchXIcon, TableIcon, UsersIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { DeniedState } from "@/components/denied-state";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { ListFoot } from "@/components/list-foot";
import { PageHeader } from "@/components/page-header";
import { Button } from "@/components/ui/button";
import { useUrlState } from "@/components/use-url-state";
import { useCan } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useInfiniteQuery } from "@/trpc/use-query";
import { CreateUserDialog } from "./create-user-dialog";
import { readUsersFilter, usersListInput, writeUsersFilter } from "./users-filter";
import { UsersList } from "./users-list";
import { UsersSkeleton } from "./users-skeleton";
import { UsersToolbar } from "./users-toolbar";
import { WaitingQueue } from "./waiting-queue";

/** Everybody who has an account, those who wait for one on top. */
export function UsersView() {
  const t = useTranslations("users");
  const canSee = useCan("users.view");
  const canCreate = useCan("users.create");
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("text")}
        actions={
          canSee && (
            <>
              <Button asChild variant="outline" className="max-md:h-11">
                <Link href="/users/permissions">
                  <TableIcon />
                  {t("matrixLink")}
                </Link>
              </Button>
              {canCreate && <CreateUserDialog />}
            </>
          )
        }
      />
      {canSee ? <People /> : <DeniedState permission="users.view" />}
    </>
  );
}

function People() {
  const t = useTranslations("users");
  const canApprove = useCan("users.approve");
  const [filter, setFilter] = useUrlState(readUsersFilter, writeUsersFilter);
  const list = useInfiniteQuery(
    useTRPC().users.list.infiniteQueryOptions(usersListInput(filter), {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
  const users = list.data?.pages.flatMap(({ items }) => items);
  const isFiltered = Boolean(filter.search || filter.role || filter.state);
  return (
    <>
      {canApprove && <WaitingQueue onShowAll={() => setFilter({ search: "", role: null, state: "waiting" })} />}
      <UsersToolbar filter={filter} onFilter={setFilter} />
      {list.isPending && <UsersSkeleton label={t("loading")} />}
      {list.error && !users && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {users?.length === 0 && !isFiltered && (
        <EmptyState icon={UsersIcon} title={t("empty.title")} text={t("empty.text")} />
      )}
      {users?.length === 0 && isFiltered && (
        <EmptyState
          icon={SearchXIcon}
          title={t("noMatch.title")}
          text={t("noMatch.text")}
          action={
            <Button variant="outline" onClick={() => setFilter({ search: "", role: null, state: null })}>
              {t("noMatch.reset")}
            </Button>
          }
        />
      )}
      {users && users.length > 0 && (
        <div className="grid gap-3">
          <UsersList users={users} />
          <ListFoot list={list}>{t("shown", { count: users.length })}</ListFoot>
        </div>
      )}
    </>
  );
}
