"use client";

import {
  ArchiveIcon,
  ClipboardPasteIcon,
  CopyIcon,
  CopyPlusIcon,
  DownloadIcon,
  FilePlusIcon,
  FolderInputIcon,
  FolderOpenIcon,
  FolderPlusIcon,
  type LucideIcon,
  PackageOpenIcon,
  PencilIcon,
  RulerIcon,
  ScissorsIcon,
  TextCursorInputIcon,
  Trash2Icon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import {
  ContextMenuContent,
  ContextMenuItem,
  ContextMenuLabel,
  ContextMenuSeparator,
  ContextMenuShortcut,
} from "@/components/ui/context-menu";
import type { FileEntry } from "../../contract";
import { shownName } from "../shown-name";
import type { FileAction } from "./file-actions";

const icons: Readonly<Record<FileAction, LucideIcon>> = {
  open: FolderOpenIcon,
  download: DownloadIcon,
  rename: PencilIcon,
  cut: ScissorsIcon,
  copy: CopyIcon,
  moveTo: FolderInputIcon,
  copyTo: CopyPlusIcon,
  extract: PackageOpenIcon,
  compress: ArchiveIcon,
  measure: RulerIcon,
  copyPath: TextCursorInputIcon,
  delete: Trash2Icon,
};
const keys: Readonly<Partial<Record<FileAction, string>>> = {
  open: "Enter",
  rename: "F2",
  cut: "Ctrl X",
  copy: "Ctrl C",
  delete: "Del",
};
const endsGroup: ReadonlySet<FileAction> = new Set(["download", "copyTo", "copyPath"]);

export type FolderAction = "newFolder" | "newFile" | "paste";
const folderIcons = { newFolder: FolderPlusIcon, newFile: FilePlusIcon, paste: ClipboardPasteIcon };

interface FileMenuProps {
  /** What the menu is about; none: the folder itself. */
  entries: readonly FileEntry[];
  actions: readonly FileAction[];
  folderActions: readonly FolderAction[];
  onAction: (action: FileAction, entries: readonly FileEntry[]) => void;
  onFolderAction: (action: FolderAction) => void;
  /** The menu is gone; focus has to go somewhere. */
  onClosed: () => void;
}

/** What can be done with the entries under the pointer, or with the folder. */
export function FileMenu({ entries, actions, folderActions, onAction, onFolderAction, onClosed }: FileMenuProps) {
  const t = useTranslations("files.manager");
  const [first] = entries;
  return (
    <ContextMenuContent
      aria-label={t("menu.actions")}
      onCloseAutoFocus={(event) => {
        event.preventDefault();
        onClosed();
      }}
    >
      <ContextMenuLabel>
        {first && entries.length === 1 ? shownName(first.name) : t("menu.title", { count: entries.length })}
      </ContextMenuLabel>
      {first
        ? actions.map((action, index) => {
            const Icon = icons[action];
            return [
              <ContextMenuItem
                key={action}
                variant={action === "delete" ? "destructive" : "default"}
                onSelect={() => onAction(action, entries)}
                className="max-md:min-h-11"
              >
                <Icon aria-hidden="true" />
                {t(`actions.${action}`)}
                {keys[action] && <ContextMenuShortcut aria-hidden="true">{keys[action]}</ContextMenuShortcut>}
              </ContextMenuItem>,
              endsGroup.has(action) && index < actions.length - 1 && <ContextMenuSeparator key={`after ${action}`} />,
            ];
          })
        : folderActions.map((action) => {
            const Icon = folderIcons[action];
            return (
              <ContextMenuItem key={action} onSelect={() => onFolderAction(action)} className="max-md:min-h-11">
                <Icon aria-hidden="true" />
                {t(`actions.${action}`)}
              </ContextMenuItem>
            );
          })}
      {!first && folderActions.length === 0 && <ContextMenuItem disabled>{t("menu.nothing")}</ContextMenuItem>}
    </ContextMenuContent>
  );
}
