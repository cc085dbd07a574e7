"use client";

import { InfoIcon, UserXIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { DeniedState } from "@/components/denied-state";
import { EmptyState } from "@/components/empty-state";
import { errorBodyOf } from "@/components/error-body";
import { ErrorState } from "@/components/error-state";
import { PageHeader } from "@/components/page-header";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useCan, useMe } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { User } from "../../contract";
import { type Hindrance, hindranceOf } from "../acting-on";
import { UserStateMark, YouMark } from "../user-marks";
import { AccessCard } from "./access-card";
import { DeleteCard } from "./delete-card";
import { FactsCard } from "./facts-card";
import { PermissionsCard } from "./permissions-card";
import { RoleCard } from "./role-card";
import { SessionsCard } from "./sessions-card";
import { StateCard } from "./state-card";
import { UserLimitsCard } from "./user-limits-card";

/** One account: who it is, what it may do and why, and everything that can be done about it. */
export function UserView({ userId }: { userId: string }) {
  const t = useTranslations("users.detail");
  const canSee = useCan("users.view");
  const { data: user, error, refetch } = useQuery(useTRPC().users.get.queryOptions({ userId }, { enabled: canSee }));
  if (!canSee) return <DeniedState permission="users.view" />;
  if (errorBodyOf(error)?.code === "USER_NOT_FOUND") {
    return (
      <EmptyState
        icon={UserXIcon}
        title={t("gone.title")}
        text={t("gone.text")}
        action={
          <Button asChild variant="outline">
            <Link href="/users">{t("gone.back")}</Link>
          </Button>
        }
      />
    );
  }
  if (user) return <KnownUser user={user} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <div role="status" aria-label={t("loading")} className="grid gap-4">
      <Skeleton className="h-7 w-56" />
      <div className="grid gap-4 lg:grid-cols-3">
        <Skeleton className="h-56" />
        <Skeleton className="h-56" />
        <Skeleton className="h-56" />
      </div>
      <Skeleton className="h-96" />
    </div>
  );
}

function KnownUser({ user }: { user: User }) {
  const me = useMe();
  const hindrance = hindranceOf(me, user);
  const has = (permission: (typeof me.permissions)[number]) => me.permissions.includes(permission);
  const isFree = hindrance === null;
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="break-all">{user.username}</span>
            {user.id === me.id && <YouMark />}
            <span className="text-sm">
              <UserStateMark state={user.state} />
            </span>
          </span>
        }
      />
      <Reason hindrance={hindrance} />
      <div className="grid gap-4">
        <div className="grid items-stretch gap-4 md:grid-cols-2 xl:grid-cols-3">
          <FactsCard user={user} canRename={has("users.update") && hindrance?.kind !== "outranks"} />
          <StateCard user={user} isSelf={hindrance?.kind === "self"} isFree={isFree} />
          <RoleCard user={user} canChange={isFree && has("users.change_role")} />
        </div>
        <PermissionsCard
          user={user}
          canGrant={isFree && has("users.grant_permission")}
          canDeny={isFree && has("users.deny_permission")}
        />
        <UserLimitsCard user={user} canChange={hindrance?.kind !== "outranks" && has("system.manage_limits")} />
        {has("users.update") && hindrance?.kind !== "outranks" && (
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <SessionsCard user={user} />
            {isFree && <AccessCard user={user} />}
          </div>
        )}
        {isFree && has("users.delete") && <DeleteCard user={user} />}
      </div>
    </>
  );
}

/** Why less is offered than one might expect. */
function Reason({ hindrance }: { hindrance: Hindrance | null }) {
  const t = useTranslations();
  const me = useMe();
  const isManager = me.permissions.some((name) => name.startsWith("users.") && name !== "users.view");
  const text =
    hindrance?.kind === "self"
      ? t("users.detail.why.self")
      : !isManager
        ? t("users.detail.why.look")
        : hindrance
          ? t("users.detail.why.outranks", { permission: t(`auth.permissions.${hindrance.permission}`) })
          : null;
  if (!text) return null;
  return (
    <p className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border bg-card px-4 py-3">
      <InfoIcon aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
      <span className="min-w-0 flex-1 basis-64">{text}</span>
      {hindrance?.kind === "self" && (
        <Button asChild variant="outline" size="sm" className="max-md:h-11">
          <Link href="/account">{t("users.detail.ownAccount")}</Link>
        </Button>
      )}
    </p>
  );
}
