"use client";

import { FolderOpenIcon, SearchXIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { ContextMenu, ContextMenuTrigger } from "@/components/ui/context-menu";
import type { Server } from "@/domains/servers/contract";
import { cn } from "@/lib/cn";
import { nameOf } from "../path-parts";
import { shownName } from "../shown-name";
import type { FileChanges } from "../use-file-changes";
import type { FileRights } from "../use-file-rights";
import { useFolder } from "../use-folder";
import { ClipboardBar } from "./clipboard-bar";
import { FileList } from "./file-list";
import { FileMenu } from "./file-menu";
import { FilesSkeleton } from "./files-skeleton";
import { FolderDialogs } from "./folder-dialogs";
import { FolderFoot } from "./folder-foot";
import { NoEntries } from "./no-entries";
import { SelectionBar } from "./selection-bar";
import { type DropActions, useDrop } from "./use-drop";
import { useFolderView } from "./use-folder-view";
import type { KeptState } from "./use-kept-state";

export interface FolderViewProps {
  server: Server;
  path: string;
  rights: FileRights;
  kept: KeptState;
  changes: FileChanges;
  drop: DropActions;
  filter: string;
  onFilter: (filter: string) => void;
  creating: "file" | "folder" | null;
  onCreating: (kind: "file" | "folder" | null) => void;
  onPath: (path: string) => void;
  /** Shown where the folder is empty. */
  upload: ReactNode;
}

/** The entries of one folder with all that can be done to them. */
export function FolderView(props: FolderViewProps) {
  const { server, path, rights, kept, changes, drop, onCreating } = props;
  const t = useTranslations("files.manager");
  const folder = useFolder(server.id, path);
  const view = useFolderView({ ...props, parts: folder.parts });
  const target = useDrop(path, drop);
  const { entries, selected } = view;
  if (folder.isLoading) return <FilesSkeleton label={t("loading")} />;
  if (!folder.parts) return <ErrorState error={folder.error} onRetry={folder.retry} />;
  const label = t("list", { folder: path === "" ? t("top") : shownName(nameOf(path)) });
  const isEmpty = folder.parts.every((part) => part.length === 0);
  const canMake = rights.edit && (
    <>
      <Button variant="outline" className="max-md:h-11" onClick={() => onCreating("folder")}>
        {t("actions.newFolder")}
      </Button>
      <Button variant="outline" className="max-md:h-11" onClick={() => onCreating("file")}>
        {t("actions.newFile")}
      </Button>
    </>
  );
  return (
    <div className="flex h-full min-h-0 flex-col gap-2">
      <ContextMenu>
        <ContextMenuTrigger asChild disabled={isEmpty && !rights.edit}>
          <div
            {...target.handlers}
            className={cn(
              "relative min-h-0 flex-1 rounded-lg",
              target.isOver && "outline-2 outline-offset-2 outline-primary outline-dashed",
            )}
          >
            {entries.length === 0 ? (
              <NoEntries ref={kept.list} label={label} onKeyDown={view.onKeyDown}>
                {isEmpty ? (
                  <EmptyState
                    icon={FolderOpenIcon}
                    title={t("empty.title")}
                    text={t(rights.upload ? "empty.text" : "empty.notUploader")}
                    action={
                      <>
                        {canMake}
                        {props.upload}
                      </>
                    }
                  />
                ) : (
                  <EmptyState
                    icon={SearchXIcon}
                    title={t("noMatch.title")}
                    text={t("noMatch.text")}
                    action={
                      <Button variant="outline" className="max-md:h-11" onClick={() => props.onFilter("")}>
                        {t("noMatch.reset")}
                      </Button>
                    }
                  />
                )}
              </NoEntries>
            ) : (
              <FileList
                ref={kept.list}
                serverId={server.id}
                label={label}
                entries={entries}
                selection={view.selection}
                sort={kept.sort}
                onSort={view.onSort}
                cut={view.cut}
                renaming={view.renaming}
                measured={view.measured}
                isRunning={server.state !== "stopped"}
                isDraggable={rights.edit}
                handlers={view.handlers}
                drop={drop}
                onKeyDown={view.onKeyDown}
                onContextMenu={view.onContextMenu}
              />
            )}
          </div>
        </ContextMenuTrigger>
        <FileMenu
          entries={view.menuEntries}
          actions={view.menuActions}
          folderActions={view.folderActions}
          onAction={view.onAction}
          onFolderAction={view.onFolderAction}
          onClosed={view.onMenuClosed}
        />
      </ContextMenu>
      {selected.length > 0 && (
        <SelectionBar
          entries={selected}
          actions={view.selectedActions}
          onAction={view.onAction}
          onClear={view.onClear}
        />
      )}
      {kept.clipboard && rights.edit && (
        <ClipboardBar
          clipboard={kept.clipboard}
          onPaste={() => view.onFolderAction("paste")}
          onClear={() => kept.setClipboard(null)}
        />
      )}
      <FolderFoot folder={folder} shown={entries.length} isFiltered={props.filter.trim() !== ""} />
      <FolderDialogs
        server={server}
        path={path}
        dialog={view.dialog}
        onDialog={view.setDialog}
        creating={props.creating}
        onCreating={onCreating}
        changes={changes}
        isTaken={view.handlers.isTaken}
        onCreated={view.onCreated}
        onClosed={view.onDialogClosed}
      />
    </div>
  );
}
