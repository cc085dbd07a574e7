"use client";

import { PlusIcon, ServerIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/empty-state";
import { Button } from "@/components/ui/button";
import { useMe } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Group } from "../contract";
import { AttachDialog } from "./attach-dialog";
import { GroupServerRow } from "./group-server-row";

/** Which servers a group reaches, how far it has got on each, and what differs there. */
export function GroupServers({ group, canChange }: { group: Group; canChange: boolean }) {
  const t = useTranslations("groups.servers");
  const { permissions } = useMe();
  const trpc = useTRPC();
  const { data: drift } = useQuery({
    ...trpc.groups.drift.queryOptions({ groupId: group.id }),
    enabled: group.servers.length > 0,
  });
  const [isAttaching, setAttaching] = useState(false);
  const attach = canChange && permissions.includes("groups.attach") && (
    <Button
      variant={group.servers.length > 0 ? "outline" : "default"}
      className="max-md:h-11"
      onClick={() => setAttaching(true)}
    >
      <PlusIcon />
      {t("attach")}
    </Button>
  );
  return (
    <section aria-labelledby="group-servers-title" className="grid gap-3">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="group-servers-title" className="font-semibold">
          {t("title", { count: group.servers.length })}
        </h2>
        {group.servers.length > 0 && attach}
      </header>
      {group.servers.length === 0 && (
        <EmptyState icon={ServerIcon} title={t("empty.title")} text={t("empty.text")} action={attach} />
      )}
      {group.servers.length > 0 && (
        <ul aria-label={t("list")} className="divide-y rounded-lg border bg-card">
          {group.servers.map((server) => (
            <GroupServerRow
              key={server.serverId}
              groupId={group.id}
              server={server}
              canChange={canChange}
              canDetach={permissions.includes("groups.detach")}
              drift={drift?.find(({ serverId }) => serverId === server.serverId)}
            />
          ))}
        </ul>
      )}
      {group.hiddenServers > 0 && (
        <p className="text-sm text-muted-foreground">{t("hidden", { count: group.hiddenServers })}</p>
      )}
      {isAttaching && <AttachDialog group={group} onClose={() => setAttaching(false)} />}
    </section>
  );
}
