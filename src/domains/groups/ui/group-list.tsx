"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { useMe } from "@/domains/auth/ui/use-me";
import { attachmentStates, type GroupSummary } from "../contract";
import { AttachmentMark } from "./attachment-mark";
import { GroupTypeMark } from "./group-type-mark";

/** Groups as rows that lead to each of them. */
export function GroupList({ groups }: { groups: readonly GroupSummary[] }) {
  const t = useTranslations("groups");
  const { id: myId } = useMe();
  return (
    <ul aria-label={t("title")} className="divide-y rounded-lg border bg-card">
      {groups.map((group) => (
        <li
          key={group.id}
          className="relative flex flex-wrap items-center gap-x-6 gap-y-1.5 px-4 py-3 hover:bg-muted/40"
        >
          <div className="grid min-w-0 flex-1 basis-56 gap-0.5">
            <p className="flex flex-wrap items-center gap-2">
              <Link
                href={`/groups/${group.id}`}
                className="font-medium break-words outline-none after:absolute after:inset-0 hover:underline focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
              >
                {group.name}
              </Link>
              {group.isTemplate && <Badge variant="muted">{t("template")}</Badge>}
            </p>
            <p className="text-sm break-words text-muted-foreground">
              {[group.ownerId === myId ? null : t("of", { name: group.ownerName }), group.description || null]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </div>
          <span className="basis-32">
            <GroupTypeMark type={group.type} />
          </span>
          <span className="basis-24 whitespace-nowrap tabular-nums">
            {t("playerCount", { count: group.playerCount })}
          </span>
          <ServerStates group={group} />
        </li>
      ))}
    </ul>
  );
}

function ServerStates({ group }: { group: GroupSummary }) {
  const t = useTranslations("groups");
  const total = attachmentStates.reduce((sum, state) => sum + (group.servers[state] ?? 0), 0);
  return (
    <span className="flex basis-44 flex-wrap items-center gap-2 whitespace-nowrap">
      {t("serverCount", { count: total })}
      {(group.servers.failed ?? 0) > 0 && <AttachmentMark state="failed" />}
      {(group.servers.pending ?? 0) > 0 && <AttachmentMark state="pending" />}
    </span>
  );
}
