"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { type Role, roles } from "@/domains/auth/permissions";
import { useMe } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import type { User } from "../../contract";
import { givableRoles, roleChange } from "../acting-on";
import { useUserChange } from "../use-user-change";

/** The role, and another one in its place: not without saying what that ends. */
export function RoleCard({ user, canChange }: { user: User; canChange: boolean }) {
  const t = useTranslations("users");
  const names = useTranslations("nav.roles");
  const me = useMe();
  const trpc = useTRPC();
  const [wanted, setWanted] = useState<Role>(user.role);
  const [isAsking, setAsking] = useState(false);
  const change = useMutation(
    trpc.users.changeRole.mutationOptions(
      useUserChange()(({ username, role }) => t("role.done", { name: username, role })),
    ),
  );
  const givable = givableRoles(me, user.denied);
  const { gains, loses } = roleChange(user, wanted);
  const name = user.username;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("role.title")}</CardTitle>
      </CardHeader>
      <CardContent className="grid flex-1 content-start gap-3">
        {canChange ? (
          <div className="flex flex-wrap gap-2">
            <Select value={wanted} onValueChange={(value) => setWanted(value as Role)}>
              <SelectTrigger
                aria-label={t("role.choose", { name })}
                className="min-w-40 flex-1 max-md:data-[size=default]:h-11"
              >
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {roles.map((role) => (
                  <SelectItem key={role} value={role} disabled={!givable.includes(role) && role !== user.role}>
                    {names(role)}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
            <Button
              disabled={wanted === user.role || change.isPending}
              className="max-md:h-11"
              onClick={() => setAsking(true)}
            >
              {t("role.change")}
            </Button>
          </div>
        ) : (
          <p className="font-medium">{names(user.role)}</p>
        )}
        <p className="text-muted-foreground">{t(`roleTexts.${canChange ? wanted : user.role}`)}</p>
        {canChange && wanted !== user.role && <p className="text-warning">{t("role.consequence", { name })}</p>}
        {canChange && givable.length < roles.length && (
          <p className="text-xs text-muted-foreground">{t("role.notHeld")}</p>
        )}
        {isAsking && (
          <ConfirmDialog
            title={t("role.confirmTitle", { name, role: wanted })}
            text={[
              t("role.gains", { count: gains }),
              t("role.loses", { count: loses }),
              t("role.consequence", { name }),
            ].join(" ")}
            action={t("role.submit")}
            onConfirm={() => change.mutate({ userId: user.id, role: wanted })}
            onClose={() => setAsking(false)}
          />
        )}
      </CardContent>
    </Card>
  );
}
