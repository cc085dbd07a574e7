"use client";

import {
  DownloadIcon,
  EllipsisVerticalIcon,
  FlaskConicalIcon,
  PencilIcon,
  PinIcon,
  PinOffIcon,
  ShieldCheckIcon,
  Trash2Icon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { downloadFormats, type Snapshot } from "../contract";
import type { SnapshotActions } from "./use-snapshot-actions";
import { useSnapshotName } from "./use-snapshot-name";
import type { SnapshotRights } from "./use-snapshot-rights";

interface SnapshotMenuProps {
  snapshot: Snapshot;
  rights: SnapshotRights;
  actions: SnapshotActions;
}

/** What one may do with a snapshot, but for restoring it. Nothing where nothing is allowed. */
export function SnapshotMenu({ snapshot, rights, actions }: SnapshotMenuProps) {
  const t = useTranslations("snapshots.actions");
  const nameOf = useSnapshotName();
  const { id, isPinned, status } = snapshot;
  const isComplete = status === "complete";
  const offersDownload = isComplete && rights.download;
  const offersDelete = status !== "running" && rights.delete;
  if (status === "running" || !(rights.create || offersDownload || offersDelete)) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          aria-label={t("menu", { name: nameOf(snapshot) })}
          className="px-2 max-md:size-11"
        >
          <EllipsisVerticalIcon />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {rights.create && (
          <>
            <DropdownMenuItem onSelect={() => actions.pin(snapshot)}>
              {isPinned ? <PinOffIcon /> : <PinIcon />}
              {t(isPinned ? "unpin" : "pin")}
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => actions.open("note", snapshot)}>
              <PencilIcon />
              {t("note")}
            </DropdownMenuItem>
          </>
        )}
        {rights.create && isComplete && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => actions.verify(id, false)}>
              <ShieldCheckIcon />
              {t("verify")}
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => actions.verify(id, true)}>
              <FlaskConicalIcon />
              {t("drill")}
            </DropdownMenuItem>
          </>
        )}
        {offersDownload && (
          <>
            <DropdownMenuSeparator />
            {downloadFormats.map((format) => (
              <DropdownMenuItem key={format} asChild>
                <a href={`/api/snapshots/${id}/download?format=${format}`} download>
                  <DownloadIcon />
                  {t("download", { format: `.${format}` })}
                </a>
              </DropdownMenuItem>
            ))}
          </>
        )}
        {offersDelete && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem
              variant="destructive"
              disabled={isPinned}
              onSelect={() => actions.open("delete", snapshot)}
            >
              <Trash2Icon />
              {t(isPinned ? "deletePinned" : "delete")}
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
