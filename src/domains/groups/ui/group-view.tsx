"use client";

import { useMutation } from "@tanstack/react-query";
import { RefreshCwIcon, SearchXIcon, Trash2Icon } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { DeniedState } from "@/components/denied-state";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { Button } from "@/components/ui/button";
import { Label } from "@/components/ui/label";
import { Switch } from "@/components/ui/switch";
import { useErrorText } from "@/components/use-error-text";
import { useCan, useMe } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Group } from "../contract";
import { GroupPlayers } from "./group-players";
import { GroupServers } from "./group-servers";
import { GroupTypeMark } from "./group-type-mark";
import { GroupsSkeleton } from "./groups-skeleton";
import { DeletePreview } from "./removal-preview";
import { useGroupChange } from "./use-group-change";

/** One group: who is in it, which servers it reaches, and what differs there. */
export function GroupView({ groupId }: { groupId: string }) {
  const t = useTranslations("groups");
  const canSee = useCan("groups.view");
  const errorText = useErrorText();
  const options = useTRPC().groups.get.queryOptions({ groupId });
  const { data: group, error, refetch } = useQuery({ ...options, enabled: canSee });
  if (!canSee) return <DeniedState permission="groups.view" />;
  if (error && errorText(error).code === "GROUP_NOT_FOUND") {
    return (
      <>
        <PageHeader title={t("title")} />
        <EmptyState
          icon={SearchXIcon}
          title={t("gone.title")}
          text={t("gone.text")}
          action={
            <Button asChild variant="outline">
              <Link href="/groups">{t("gone.back")}</Link>
            </Button>
          }
        />
      </>
    );
  }
  if (!group && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!group) return <GroupsSkeleton label={t("loading")} />;
  return <Shown group={group} />;
}

function Shown({ group }: { group: Group }) {
  const t = useTranslations("groups");
  const me = useMe();
  const isTheirs = group.ownerId === me.id || me.permissions.includes("servers.view_all");
  const canChange = isTheirs && me.permissions.includes("groups.update");
  return (
    <>
      <PageHeader
        title={<span className="break-words">{group.name}</span>}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <GroupTypeMark type={group.type} />
            {group.ownerId !== me.id && <span>{t("of", { name: group.ownerName })}</span>}
            {group.description && <span className="break-words">{group.description}</span>}
          </span>
        }
        actions={isTheirs && <Actions group={group} canChange={canChange} />}
      />
      <div className="grid gap-8">
        <GroupPlayers group={group} canChange={canChange} />
        {isTheirs && <GroupServers group={group} canChange={canChange} />}
      </div>
    </>
  );
}

function Actions({ group, canChange }: { group: Group; canChange: boolean }) {
  const t = useTranslations("groups");
  const trpc = useTRPC();
  const router = useRouter();
  const canDelete = useCan("groups.delete");
  const change = useGroupChange();
  const [isAsking, setAsking] = useState(false);
  const update = useMutation(trpc.groups.update.mutationOptions(change));
  const sync = useMutation(trpc.groups.sync.mutationOptions(change));
  const remove = useMutation(
    trpc.groups.delete.mutationOptions({
      ...change,
      onSuccess: () => {
        toast.success(t("deleted", { name: group.name }));
        router.push("/groups");
      },
    }),
  );
  const groupId = group.id;
  return (
    <>
      {canChange && (
        <Label htmlFor="group-template" className="min-h-9 font-normal max-md:min-h-11" title={t("templateText")}>
          <Switch
            id="group-template"
            checked={update.isPending ? update.variables.isTemplate : group.isTemplate}
            onCheckedChange={(isTemplate) => update.mutate({ groupId, isTemplate })}
          />
          {t("template")}
        </Label>
      )}
      {canChange && group.servers.length > 0 && (
        <Button
          variant="outline"
          className="max-md:h-11"
          disabled={sync.isPending}
          onClick={() => sync.mutate({ groupId, wait: true })}
        >
          <RefreshCwIcon />
          {t("sync")}
        </Button>
      )}
      {canDelete && (
        <Button variant="outline" className="max-md:h-11" onClick={() => setAsking(true)}>
          <Trash2Icon />
          {t("delete")}
        </Button>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t("deleteTitle", { name: group.name })}
          text={t("deleteText", { count: group.servers.length + group.hiddenServers })}
          action={t("delete")}
          onConfirm={() => remove.mutate({ groupId })}
          onClose={() => setAsking(false)}
        >
          {group.servers.length > 0 && <DeletePreview groupId={groupId} />}
        </ConfirmDialog>
      )}
    </>
  );
}
