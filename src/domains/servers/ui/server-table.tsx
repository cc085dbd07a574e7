"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { Server } from "../contract";
import { PullNote } from "./pull-note";
import { RetryNote } from "./retry-note";
import { ServerActionButtons } from "./server-action-buttons";
import { ServerAddress } from "./server-address";
import type { ServerItemProps } from "./server-card";
import { TypeIcon } from "./server-icon";
import { PlayerCount, ServerKind } from "./server-kind";
import { CpuLoad, MemoryLoad } from "./server-load";
import { SharedMark } from "./shared-mark";
import { StateBadge } from "./state-badge";
import { TagList } from "./tag-list";

interface ServerTableProps {
  servers: readonly Server[];
  selected: ReadonlySet<string>;
  onSelect: ServerItemProps["onSelect"];
}

/** The servers as rows, for wide screens. */
export function ServerTable({ servers, selected, onSelect }: ServerTableProps) {
  const t = useTranslations("servers");
  const count = servers.filter(({ id }) => selected.has(id)).length;
  return (
    <div className="rounded-lg border bg-card">
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead className="w-10 pl-4">
              <Checkbox
                checked={count === 0 ? false : count === servers.length ? true : "indeterminate"}
                onCheckedChange={(value) =>
                  onSelect(
                    servers.map(({ id }) => id),
                    value === true,
                  )
                }
                aria-label={t("list.selectAll")}
              />
            </TableHead>
            <TableHead>{t("columns.name")}</TableHead>
            <TableHead>{t("columns.state")}</TableHead>
            <TableHead className="text-right">{t("columns.players")}</TableHead>
            <TableHead>{t("columns.cpu")}</TableHead>
            <TableHead>{t("columns.memory")}</TableHead>
            <TableHead>{t("columns.address")}</TableHead>
            <TableHead className="text-right">
              <span className="sr-only">{t("columns.actions")}</span>
            </TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {servers.map((server) => (
            <ServerRow key={server.id} server={server} isSelected={selected.has(server.id)} onSelect={onSelect} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

const ServerRow = memo(function ServerRow({ server, isSelected, onSelect }: ServerItemProps) {
  const t = useTranslations("servers.list");
  return (
    <TableRow data-state={isSelected ? "selected" : undefined}>
      <TableCell className="pl-4">
        <Checkbox
          checked={isSelected}
          onCheckedChange={(value) => onSelect([server.id], value === true)}
          aria-label={t("select", { name: server.name })}
        />
      </TableCell>
      <TableCell className="min-w-56">
        <div className="flex items-center gap-3">
          <TypeIcon type={server.type} className="size-7" />
          <div className="min-w-0">
            <Link href={`/servers/${server.id}`} className="font-medium hover:underline">
              {server.name}
            </Link>
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted-foreground">
              <span>
                <ServerKind server={server} />
              </span>
              <SharedMark server={server} />
              <TagList tags={server.tags} />
            </div>
          </div>
        </div>
      </TableCell>
      <TableCell>
        <StateBadge server={server} />
        <div>
          <RetryNote server={server} />
          <PullNote server={server} />
        </div>
      </TableCell>
      <TableCell className="text-right">
        <PlayerCount server={server} />
      </TableCell>
      <TableCell className="w-32 min-w-32">
        <CpuLoad server={server} isCompact />
      </TableCell>
      <TableCell className="w-36 min-w-36">
        <MemoryLoad server={server} isCompact />
      </TableCell>
      <TableCell>
        <ServerAddress server={server} />
      </TableCell>
      <TableCell className="pr-4">
        <ServerActionButtons server={server} look="icons" className="flex-nowrap justify-end" />
      </TableCell>
    </TableRow>
  );
});
