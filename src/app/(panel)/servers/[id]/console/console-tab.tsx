"use client";

import { ConsoleView } from "@/domains/console/ui/console-view";
import { usePermission } from "@/domains/servers/ui/use-permission";
import { useServer } from "@/domains/servers/ui/use-server";

/** The console of the server that the page is about, as tall as the window allows. */
export function ConsoleTab({ serverId }: { serverId: string }) {
  const { server } = useServer(serverId);
  const { may } = usePermission();
  if (!server) return null;
  return (
    <div className="relative min-h-[65dvh] flex-1 md:min-h-96">
      <div className="absolute inset-0">
        <ConsoleView server={server} mayCommand={may(server, "rcon")} />
      </div>
    </div>
  );
}
