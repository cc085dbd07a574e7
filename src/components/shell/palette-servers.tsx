"use client";

import { PlayIcon, RotateCwIcon, ServerIcon, SquareIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { CommandGroup, CommandItem, CommandShortcut } from "@/components/ui/command";
import type { Server } from "@/domains/servers/contract";
import { usePermission } from "@/domains/servers/ui/use-permission";
import { useServerActions } from "@/domains/servers/ui/use-server-actions";

interface PaletteServersProps {
  servers: readonly Server[];
  isSearching: boolean;
  onGo: (href: string) => void;
  onRun: (action: () => void) => void;
}

const actions = [
  { action: "start", icon: PlayIcon },
  { action: "stop", icon: SquareIcon },
  { action: "restart", icon: RotateCwIcon },
] as const;

/** Servers to open; once something is typed, also what their state allows to do. */
export function PaletteServers({ servers, isSearching, onGo, onRun }: PaletteServersProps) {
  const t = useTranslations("nav.palette");
  const types = useTranslations("versions.types");
  const { can } = usePermission();
  const { run } = useServerActions();
  if (servers.length === 0) return null;
  return (
    <>
      <CommandGroup heading={t("servers")}>
        {servers.map((server) => (
          <CommandItem
            key={server.id}
            value={`open ${server.name} ${server.id}`}
            onSelect={() => onGo(`/servers/${server.id}`)}
          >
            <ServerIcon />
            <span className="truncate">{server.name}</span>
            <CommandShortcut>
              {types(server.type)} {server.version}
            </CommandShortcut>
          </CommandItem>
        ))}
      </CommandGroup>
      {isSearching && (
        <CommandGroup heading={t("actions")}>
          {servers.flatMap((server) =>
            actions
              .filter(({ action }) => can(server, action))
              .map(({ action, icon: Icon }) => (
                <CommandItem
                  key={`${action} ${server.id}`}
                  value={`${action} ${t(action, { name: server.name })} ${server.id}`}
                  onSelect={() => onRun(() => void run(action, server))}
                >
                  <Icon />
                  <span className="truncate">{t(action, { name: server.name })}</span>
                </CommandItem>
              )),
          )}
        </CommandGroup>
      )}
    </>
  );
}
