"use client";

import { InfoIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { Server } from "../../contract";
import { ServerActionButtons } from "../server-action-buttons";
import { usePermission } from "../use-permission";
import { useServer } from "../use-server";
import { CopyCard } from "./copy-card";
import { DangerZone } from "./danger-zone";
import { IconCard } from "./icon/icon-card";
import { PropertiesForm } from "./properties-form";
import { SettingsForm } from "./settings-form";

/** Third tab of a server: its settings, its server.properties, and its end. */
export function ServerSettings({ serverId }: { serverId: string }) {
  const { server } = useServer(serverId);
  const { may, isKnown } = usePermission();
  if (!server || !isKnown) return null;
  const isLocked = server.state !== "stopped" || !may(server, "update");
  return (
    <div className="grid max-w-3xl gap-4">
      {isLocked && <LockedNote server={server} mayUpdate={may(server, "update")} />}
      <SettingsForm server={server} isLocked={isLocked} />
      <IconCard server={server} />
      <PropertiesForm server={server} isLocked={isLocked} />
      <CopyCard server={server} />
      {may(server, "delete") && <DangerZone server={server} />}
    </div>
  );
}

function LockedNote({ server, mayUpdate }: { server: Server; mayUpdate: boolean }) {
  const t = useTranslations("servers.settings.locked");
  return (
    <Alert role="status">
      <InfoIcon aria-hidden="true" />
      <AlertTitle>{t("title")}</AlertTitle>
      <AlertDescription>
        <p>{t(mayUpdate ? server.state : "noPermission")}</p>
        {mayUpdate && server.state === "running" && (
          <ServerActionButtons server={server} look="labels" only={["stop"]} className="mt-1" />
        )}
      </AlertDescription>
    </Alert>
  );
}
