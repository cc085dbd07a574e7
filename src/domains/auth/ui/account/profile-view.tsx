"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useMe } from "../use-me";
import { AppearanceCard } from "./appearance-card";
import { PermissionGroups } from "./permission-groups";

/** Who one is here, what one may do, and how the pages look for oneself. */
export function ProfileView() {
  const t = useTranslations();
  const format = useFormatter();
  const me = useMe();
  const sharedCount = Object.keys(me.sharedServers).length;
  const facts = [
    { name: t("auth.username"), value: <span className="font-medium">{me.username}</span> },
    { name: t("auth.account.role"), value: t(`nav.roles.${me.role}`) },
    {
      name: t("auth.account.createdAt"),
      value: <time dateTime={me.createdAt.toISOString()}>{format.dateTime(me.createdAt, "day")}</time>,
    },
    ...(sharedCount > 0 ? [{ name: t("auth.account.shared"), value: format.number(sharedCount) }] : []),
  ];
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>{t("auth.account.profile")}</CardTitle>
          <CardDescription>{t("auth.account.profileText")}</CardDescription>
        </CardHeader>
        <CardContent>
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
            {facts.map(({ name, value }) => (
              <div key={name} className="col-span-2 grid grid-cols-subgrid">
                <dt className="text-muted-foreground">{name}</dt>
                <dd className="min-w-0 break-words">{value}</dd>
              </div>
            ))}
          </dl>
          <details className="mt-4 border-t pt-3">
            <summary className="w-fit cursor-pointer py-1 text-muted-foreground hover:text-foreground">
              {t("auth.account.permissions", { count: me.permissions.length })}
            </summary>
            <PermissionGroups names={me.permissions} className="mt-3" />
          </details>
        </CardContent>
      </Card>
      <AppearanceCard />
    </>
  );
}
