"use client";

import { XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Server } from "../contract";
import { actionIcons } from "./action-icons";
import { usePermission } from "./use-permission";
import { useServerActions } from "./use-server-actions";

interface BulkBarProps {
  servers: readonly Server[];
  onClear: () => void;
}

/** Start, stop or restart all that are selected; each button counts those to which it applies now. */
export function BulkBar({ servers, onClear }: BulkBarProps) {
  const t = useTranslations("servers");
  const { can } = usePermission();
  const { runMany, isPending } = useServerActions();
  return (
    <section
      aria-label={t("bulk.label")}
      className="sticky bottom-4 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg border border-input bg-popover px-3 py-2 shadow-lg shadow-black/20"
    >
      <p role="status" className="px-1 text-sm tabular-nums">
        {t("bulk.selected", { count: servers.length })}
      </p>
      {(["start", "stop", "restart"] as const).map((action) => {
        const Icon = actionIcons[action];
        const targets = servers.filter((server) => can(server, action));
        return (
          <Button
            key={action}
            size="sm"
            variant="outline"
            disabled={isPending || targets.length === 0}
            onClick={() => runMany(action, targets)}
            className="max-md:h-11"
          >
            <Icon aria-hidden="true" />
            {t(`actions.label.${action}`)}
            <span className="text-muted-foreground tabular-nums">{targets.length}</span>
          </Button>
        );
      })}
      <Button size="icon-sm" variant="ghost" aria-label={t("bulk.clear")} onClick={onClear} className="max-md:size-11">
        <XIcon />
      </Button>
    </section>
  );
}
