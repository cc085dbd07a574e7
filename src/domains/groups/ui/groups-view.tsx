"use client";

import { UsersRoundIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { DeniedState } from "@/components/denied-state";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { useCan } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { GroupList } from "./group-list";
import { GroupsSkeleton } from "./groups-skeleton";
import { NewGroupDialog } from "./new-group-dialog";

/** One's groups of operators, whitelisted and banned players, and the templates that others offer. */
export function GroupsView() {
  const t = useTranslations("groups");
  const canSee = useCan("groups.view");
  const canCreate = useCan("groups.create");
  return (
    <>
      <PageHeader title={t("title")} description={t("text")} actions={canSee && canCreate && <NewGroupDialog />} />
      {canSee ? <Groups canCreate={canCreate} /> : <DeniedState permission="groups.view" />}
    </>
  );
}

function Groups({ canCreate }: { canCreate: boolean }) {
  const t = useTranslations("groups");
  const { data: groups, error, refetch } = useQuery(useTRPC().groups.list.queryOptions());
  if (!groups && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!groups) return <GroupsSkeleton label={t("loading")} />;
  if (groups.length > 0) return <GroupList groups={groups} />;
  return (
    <EmptyState
      icon={UsersRoundIcon}
      title={t("empty.title")}
      text={t("empty.text")}
      action={canCreate && <NewGroupDialog />}
    />
  );
}
