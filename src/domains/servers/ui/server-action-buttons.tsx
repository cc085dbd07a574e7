"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Tooltip, TooltipContent, TooltipTrigger } from "@/components/ui/tooltip";
import { cn } from "@/lib/cn";
import type { Server } from "../contract";
import { actionIcons } from "./action-icons";
import { ConfirmKill } from "./confirm-kill";
import { usePermission } from "./use-permission";
import { type LifeAction, useServerActions } from "./use-server-actions";

interface ServerActionButtonsProps {
  server: Server;
  /** `icons` for lists, `labels` for the page of the server. */
  look: "icons" | "labels";
  /** Only these, where one action is meant. */
  only?: readonly LifeAction[];
  className?: string;
}

/** In this order; what the state or the permissions do not allow is left out. `forceStop` only where a plain stop is not offered. */
const shown: readonly LifeAction[] = ["start", "stop", "restart", "forceStop", "kill"];

/** The buttons that change a server's state, each with its consequence in a tooltip. */
export function ServerActionButtons({ server, look, only = shown, className }: ServerActionButtonsProps) {
  const t = useTranslations("servers.actions");
  const { can } = usePermission();
  const { run, isPending } = useServerActions();
  const [isAsking, setAsking] = useState(false);
  const offered = only.filter((action) => can(server, action) && !(action === "forceStop" && can(server, "stop")));
  if (offered.length === 0) return null;
  return (
    <div className={cn("flex flex-wrap items-center gap-1.5", className)}>
      {offered.map((action) => {
        const Icon = actionIcons[action];
        const isMain = action === "start" && look === "labels";
        return (
          <Tooltip key={action}>
            <TooltipTrigger asChild>
              <Button
                variant={isMain ? "default" : look === "icons" ? "ghost" : "outline"}
                size={look === "icons" ? "icon-sm" : "sm"}
                disabled={isPending}
                aria-label={look === "icons" ? t(`labelFor.${action}`, { name: server.name }) : undefined}
                onClick={() => (action === "kill" ? setAsking(true) : run(action, server))}
                className={cn(
                  look === "icons" ? "max-md:size-11 max-md:border" : "max-md:h-11",
                  action === "kill" && "text-destructive hover:text-destructive",
                  action === "start" && look === "icons" && "text-state-running hover:text-state-running",
                )}
              >
                <Icon aria-hidden="true" />
                {look === "labels" && t(`label.${action}`)}
              </Button>
            </TooltipTrigger>
            <TooltipContent>{t(`consequence.${action}`)}</TooltipContent>
          </Tooltip>
        );
      })}
      <ConfirmKill server={server} isOpen={isAsking} onOpen={setAsking} onConfirm={() => run("kill", server)} />
    </div>
  );
}
