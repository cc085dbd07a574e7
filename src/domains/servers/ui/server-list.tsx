"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import type { Server } from "../contract";
import { ServerCard } from "./server-card";
import { ServerTable } from "./server-table";
import type { ServersLook } from "./servers-look";
import { cardGrid } from "./servers-skeleton";

interface ServerListProps {
  servers: readonly Server[];
  look: ServersLook;
  selected: ReadonlySet<string>;
  onSelect: (serverIds: readonly string[], isSelected: boolean) => void;
}

/** The servers as cards or as a table; on a narrow screen always cards. */
export function ServerList({ servers, look, selected, onSelect }: ServerListProps) {
  const t = useTranslations("servers");
  return (
    <>
      {look === "table" && (
        <div className="max-md:hidden">
          <ServerTable
            servers={servers}
            selected={selected}
            onSelect={(id, isSelected) => onSelect([id], isSelected)}
            onSelectAll={(isSelected) => onSelect(servers.map(({ id }) => id), isSelected)}
          />
        </div>
      )}
      <ul aria-label={t("title")} className={cn(cardGrid, look === "table" && "md:hidden")}>
        {servers.map((server) => (
          <li key={server.id} className="grid">
            <ServerCard
              server={server}
              isSelected={selected.has(server.id)}
              onSelect={(isSelected) => onSelect([server.id], isSelected)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
