"use client";

import { UsersIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/lib/cn";
import type { Server } from "../contract";
import { PullNote } from "./pull-note";
import { RetryNote } from "./retry-note";
import { ServerActionButtons } from "./server-action-buttons";
import { ServerAddress } from "./server-address";
import { TypeIcon } from "./server-icon";
import { PlayerCount, ServerKind } from "./server-kind";
import { CpuLoad, MemoryLoad } from "./server-load";
import { SharedMark } from "./shared-mark";
import { StateBadge } from "./state-badge";
import { TagList } from "./tag-list";

export interface ServerItemProps {
  server: Server;
  isSelected: boolean;
  /** The same function on every render: items are drawn anew only when their own server changes. */
  onSelect: (serverIds: readonly string[], isSelected: boolean) => void;
}

/** One server in the list of cards. A click anywhere but on a control opens it. */
export const ServerCard = memo(function ServerCard({ server, isSelected, onSelect }: ServerItemProps) {
  const t = useTranslations("servers");
  return (
    <Card
      className={cn(
        "group relative min-w-0 flex-1 gap-3 py-3 transition-colors duration-100 focus-within:border-ring/60 hover:border-input",
        isSelected && "border-primary hover:border-primary",
      )}
    >
      <div className="flex items-start gap-3 px-4">
        <TypeIcon type={server.type} />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-sm leading-5 font-semibold" title={server.name}>
            <Link
              href={`/servers/${server.id}`}
              className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-ring"
            >
              {server.name}
            </Link>
          </h2>
          <p className="truncate text-xs text-muted-foreground">
            <ServerKind server={server} />
          </p>
          <SharedMark server={server} />
        </div>
        <div className="relative -m-2 flex size-8 shrink-0 items-center justify-center max-md:size-11">
          <Checkbox
            checked={isSelected}
            onCheckedChange={(value) => onSelect([server.id], value === true)}
            aria-label={t("list.select", { name: server.name })}
            className="max-md:after:-inset-3.5"
          />
        </div>
      </div>
      <div className="flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 px-4">
        <StateBadge server={server} />
        <span className="inline-flex items-center gap-1.5 text-xs">
          <UsersIcon aria-hidden="true" className="size-3.5 text-muted-foreground" />
          <span className="sr-only">{t("players.label")}</span>
          <PlayerCount server={server} />
        </span>
        <RetryNote server={server} />
        <PullNote server={server} />
      </div>
      <div className="grid grid-cols-2 gap-4 px-4">
        <CpuLoad server={server} />
        <MemoryLoad server={server} />
      </div>
      {server.tags.length > 0 && (
        <div className="px-4">
          <TagList tags={server.tags} />
        </div>
      )}
      <div className="mt-auto flex min-h-8 flex-wrap items-center justify-between gap-x-3 gap-y-2 border-t px-4 pt-2">
        <ServerAddress server={server} className="relative" />
        <ServerActionButtons server={server} look="icons" className="relative" />
      </div>
    </Card>
  );
});
