"use client";

import { ArrowUpDownIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Server } from "../../contract";
import { usePermission } from "../use-permission";
import { ChangeDialog } from "./change-dialog";

/** Opens the way to another version, for whoever may change and restart the server. */
export function ChangeButton({ server }: { server: Server }) {
  const t = useTranslations("servers.change");
  const { may } = usePermission();
  const [isOpen, setOpen] = useState(false);
  if (!may(server, "update") || !may(server, "restart")) return null;
  const canNow = (server.state === "stopped" || server.state === "running") && !server.trial;
  return (
    <>
      <Button
        variant="outline"
        size="sm"
        disabled={!canNow}
        title={canNow ? undefined : t("state")}
        onClick={() => setOpen(true)}
        className="w-fit max-md:h-11"
      >
        <ArrowUpDownIcon aria-hidden="true" />
        {t("button")}
      </Button>
      {isOpen && <ChangeDialog server={server} onClose={() => setOpen(false)} />}
    </>
  );
}
