"use client";

import { useTranslations } from "next-intl";
import type { Server } from "../contract";
import { ServerCard, type ServerItemProps } from "./server-card";
import { ServerTable } from "./server-table";
import type { ServersLook } from "./servers-look";
import { cardGrid } from "./servers-skeleton";
import { useIsNarrow } from "./use-is-narrow";

interface ServerListProps {
  servers: readonly Server[];
  look: ServersLook;
  selected: ReadonlySet<string>;
  onSelect: ServerItemProps["onSelect"];
}

/** The servers as cards or as a table; on a narrow screen always cards. */
export function ServerList({ servers, look, selected, onSelect }: ServerListProps) {
  const t = useTranslations("servers");
  const isNarrow = useIsNarrow();
  if (look === "table" && !isNarrow) {
    return <ServerTable servers={servers} selected={selected} onSelect={onSelect} />;
  }
  return (
    <ul aria-label={t("title")} className={cardGrid}>
      {servers.map((server) => (
        <li key={server.id} className="flex min-w-0">
          <ServerCard server={server} isSelected={selected.has(server.id)} onSelect={onSelect} />
        </li>
      ))}
    </ul>
  );
}
