"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { useCan, useMe } from "@/domains/auth/ui/use-me";
import type { Server } from "@/domains/servers/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { GroupTypeMark } from "./group-type-mark";

/** Which groups reach a server. Nothing where none does. */
export function ServerGroupsCard({ server }: { server: Server }) {
  const t = useTranslations("groups.onServer");
  const me = useMe();
  const canSee = useCan("groups.view");
  const { data: groups } = useQuery({
    ...useTRPC().groups.list.queryOptions({ serverId: server.id }),
    enabled: canSee,
  });
  if (!groups || groups.length === 0) return null;
  const isOpenTo = (ownerId: string) => ownerId === me.id || me.permissions.includes("servers.view_all");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardContent>
        <ul className="grid gap-1.5">
          {groups.map((group) => (
            <li key={group.id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-0.5 text-sm">
              {isOpenTo(group.ownerId) ? (
                <Link
                  href={`/groups/${group.id}`}
                  className="font-medium break-words underline-offset-4 hover:underline"
                >
                  {group.name}
                </Link>
              ) : (
                <span className="font-medium break-words">{t("of", { name: group.name, owner: group.ownerName })}</span>
              )}
              <GroupTypeMark type={group.type} />
            </li>
          ))}
        </ul>
      </CardContent>
    </Card>
  );
}
