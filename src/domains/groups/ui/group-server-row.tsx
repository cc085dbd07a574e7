"use client";

import { useMutation } from "@tanstack/react-query";
import { UnlinkIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { RelativeTime } from "@/components/relative-time";
import { Button } from "@/components/ui/button";
import { useTRPC } from "@/trpc/client";
import type { Attachment, ServerDrift } from "../contract";
import { AttachmentMark, AttachmentReason } from "./attachment-mark";
import { DriftList } from "./drift-list";
import { DetachPreview } from "./removal-preview";
import { useGroupChange } from "./use-group-change";

interface GroupServerRowProps {
  groupId: string;
  server: Attachment;
  canChange: boolean;
  canDetach: boolean;
  drift: ServerDrift | undefined;
}

/** One server of a group. */
export function GroupServerRow({ groupId, server, canChange, canDetach, drift }: GroupServerRowProps) {
  const t = useTranslations("groups.servers");
  const detach = useMutation(useTRPC().groups.detach.mutationOptions(useGroupChange()));
  const [isAsking, setAsking] = useState(false);
  const { serverId, serverName: name, state, priority, syncedAt } = server;
  return (
    <li className="grid gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <Link href={`/servers/${serverId}`} className="font-medium break-words hover:underline">
          {name}
        </Link>
        <AttachmentMark state={state} />
        <span className="text-sm text-muted-foreground">
          {t("priority", { priority })}
          {state === "synced" && syncedAt && (
            <>
              {" · "}
              <RelativeTime date={syncedAt} />
            </>
          )}
        </span>
        {canDetach && (
          <Button
            variant="ghost"
            size="sm"
            className="ml-auto max-md:h-11"
            aria-label={t("detachName", { name })}
            onClick={() => setAsking(true)}
          >
            <UnlinkIcon />
            {t("detach")}
          </Button>
        )}
      </div>
      <AttachmentReason error={server.lastError ?? drift?.error ?? null} />
      {drift?.items && drift.items.length > 0 && (
        <DriftList groupId={groupId} server={server} items={drift.items} canChange={canChange} />
      )}
      {isAsking && (
        <ConfirmDialog
          title={t("detachTitle", { name })}
          text={t("detachText")}
          action={t("detach")}
          onConfirm={() => detach.mutate({ groupId, serverId })}
          onClose={() => setAsking(false)}
        >
          <DetachPreview groupId={groupId} serverId={serverId} />
        </ConfirmDialog>
      )}
    </li>
  );
}
