"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/error-state";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { useToastError } from "@/components/use-toast-error";
import { type Permission, permissions } from "@/domains/auth/permissions";
import { groupPermissions } from "@/domains/auth/ui/group-permissions";
import { useMe } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { User } from "../../contract";
import { useUserChange } from "../use-user-change";
import { PermissionRow } from "./permission-row";
import type { PermissionAct } from "./permission-source";

interface PermissionsCardProps {
  user: User;
  canGrant: boolean;
  canDeny: boolean;
}

/** Everything that this person may and may not do in the end, with where it comes from, changed in place. */
export function PermissionsCard({ user, canGrant, canDeny }: PermissionsCardProps) {
  const t = useTranslations("users.permissions");
  const texts = useTranslations("auth");
  const me = useMe();
  const trpc = useTRPC();
  const client = useQueryClient();
  const input = { userId: user.id };
  const { data, error, refetch } = useQuery(trpc.users.permissions.queryOptions(input));
  const change = useUserChange();
  const onError = useToastError();
  const options = (act: PermissionAct) => ({
    onError,
    onSuccess: async (saved: User, { permission }: { permission: Permission }) => {
      // The row says what holds before the message does.
      await client.invalidateQueries({ queryKey: trpc.users.permissions.queryKey(input) });
      change(() => t(`done.${act}`, { permission: texts(`permissions.${permission}`) })).onSuccess(saved);
    },
  });
  const grant = useMutation(trpc.users.grantPermission.mutationOptions(options("grant")));
  const deny = useMutation(trpc.users.denyPermission.mutationOptions(options("deny")));
  const clear = useMutation(trpc.users.clearPermission.mutationOptions(options("clear")));
  const acts = { grant, deny, clear };
  const sources = new Map(data?.map((source) => [source.permission, source]));
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex flex-wrap items-baseline gap-x-3">
          {t("title")}
          {data && (
            <span className="text-xs font-normal text-muted-foreground tabular-nums">
              {t("effectiveCount", { count: data.filter(({ effective }) => effective).length, total: data.length })}
              {" · "}
              {t("differs", { count: data.filter(({ role, effective }) => role !== effective).length })}
            </span>
          )}
        </CardTitle>
        <CardDescription>{t("text")}</CardDescription>
      </CardHeader>
      <CardContent>
        {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!error && !data && <Skeleton className="h-96" />}
        {data && (
          <div className="gap-x-8 lg:columns-2">
            {groupPermissions(permissions).map(({ group, permissions: names }) => (
              <section key={group} aria-labelledby={`group-${group}`} className="mb-4 break-inside-avoid">
                <h3 id={`group-${group}`} className="mb-1 break-after-avoid text-xs font-medium text-muted-foreground">
                  {texts(`permissionGroups.${group}`)}
                </h3>
                <ul className="divide-y rounded-lg border">
                  {names.map((name) => {
                    const source = sources.get(name);
                    return (
                      source && (
                        <PermissionRow
                          key={name}
                          source={source}
                          may={{ grant: canGrant, deny: canDeny, held: me.permissions.includes(name) }}
                          isPending={grant.isPending || deny.isPending || clear.isPending}
                          onAct={(act) => acts[act].mutate({ userId: user.id, permission: name })}
                        />
                      )
                    );
                  })}
                </ul>
              </section>
            ))}
          </div>
        )}
      </CardContent>
    </Card>
  );
}
