/* biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by hand are no table */
/* biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row */
"use client";

import { CheckIcon, EllipsisVerticalIcon } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type DragEvent, type MouseEvent, memo } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/format-bytes";
import type { FileEntry } from "../../contract";
import { fileAddress } from "../file-address";
import { shownName } from "../shown-name";
import { EntryMarks } from "./entry-marks";
import { FileTypeIcon } from "./file-icon";
import { FolderSize } from "./folder-size";
import { NameField } from "./name-field";
import { type DropActions, useDrop } from "./use-drop";

export const rowColumns =
  "grid-cols-[2.25rem_minmax(0,1fr)_2.5rem] md:grid-cols-[2.25rem_minmax(0,1fr)_7.5rem_11.5rem_2.5rem] max-md:grid-cols-[2.75rem_minmax(0,1fr)_2.75rem]";

/** What a row tells its list. Never changes, so that rows that stay the same are not drawn anew. */
export interface RowHandlers {
  onClick: (entry: FileEntry, event: MouseEvent) => void;
  onOpen: (entry: FileEntry) => void;
  onToggle: (entry: FileEntry) => void;
  onMenu: (entry: FileEntry, button: HTMLElement) => void;
  onName: (entry: FileEntry, name: string) => void;
  onNameEnd: () => void;
  onMeasure: (path: string) => void;
  onDragStart: (entry: FileEntry, event: DragEvent) => void;
  onDragEnd: () => void;
  isTaken: (name: string) => boolean;
}

interface FileRowProps {
  serverId: string;
  entry: FileEntry;
  id: string;
  /** 1-based, the head being the first. */
  rowIndex: number;
  top: number;
  isSelected: boolean;
  isActive: boolean;
  isCut: boolean;
  isRenaming: boolean;
  isMeasured: boolean;
  isRunning: boolean;
  isDraggable: boolean;
  handlers: RowHandlers;
  drop: DropActions;
}

/** One entry of a folder. Keys are heard by the list, which tells screen readers the row that they act on. */
export const FileRow = memo(function FileRow(props: FileRowProps) {
  const { serverId, entry, id, rowIndex, top, isSelected, isActive, isCut, isRenaming, handlers, drop } = props;
  const t = useTranslations("files.manager");
  const format = useFormatter();
  const locale = useLocale();
  const target = useDrop(entry.kind === "folder" ? entry.path : null, drop);
  const name = shownName(entry.name);
  const size = entry.kind === "file" ? formatBytes(entry.size, locale) : null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the grid
    <div
      role="row"
      id={id}
      tabIndex={-1}
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      data-path={entry.path}
      draggable={props.isDraggable && !isRenaming}
      onClick={(event) => handlers.onClick(entry, event)}
      onDoubleClick={() => handlers.onOpen(entry)}
      onDragStart={(event) => handlers.onDragStart(entry, event)}
      onDragEnd={handlers.onDragEnd}
      {...target.handlers}
      style={{ transform: `translateY(${top}px)` }}
      className={cn(
        "absolute inset-x-0 top-0 grid h-14 items-center border-b border-border/60 pr-1 outline-none select-none hover:bg-accent/40 md:h-9",
        rowColumns,
        isSelected && "bg-accent hover:bg-accent",
        isActive && "group-focus-visible/grid:inset-ring-2 group-focus-visible/grid:inset-ring-ring",
        isCut && "opacity-50",
        target.isOver && "bg-primary/15 inset-ring-2 inset-ring-primary",
        isRenaming && "z-10",
      )}
    >
      <div role="gridcell" className="flex h-full items-center">
        <button
          type="button"
          role="checkbox"
          aria-checked={isSelected}
          aria-label={t("select", { name })}
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            handlers.onToggle(entry);
          }}
          onDoubleClick={(event) => event.stopPropagation()}
          className="flex size-full items-center justify-center outline-none"
        >
          <span
            className={cn(
              "flex size-4 items-center justify-center rounded-sm border border-muted-foreground bg-card",
              isSelected && "border-primary bg-primary text-primary-foreground",
            )}
          >
            {isSelected && <CheckIcon aria-hidden="true" className="size-3.5" />}
          </span>
        </button>
      </div>
      <div role="gridcell" className="flex min-w-0 items-center gap-2.5">
        <FileTypeIcon entry={entry} className="max-md:size-5" />
        {isRenaming ? (
          <NameField
            name={entry.name}
            isTaken={handlers.isTaken}
            onName={(next) => handlers.onName(entry, next)}
            onCancel={handlers.onNameEnd}
          />
        ) : (
          <span className="grid min-w-0 gap-0.5">
            <span className="flex min-w-0 items-center gap-2">
              <EntryName serverId={serverId} entry={entry} name={name} onOpen={handlers.onOpen} />
              <EntryMarks entry={entry} isRunning={props.isRunning} />
            </span>
            <span className="truncate text-xs text-muted-foreground tabular-nums md:hidden">
              {[size, format.dateTime(entry.modifiedAt, "short")].filter(Boolean).join(" · ")}
            </span>
          </span>
        )}
      </div>
      <div role="gridcell" className="pr-4 text-right text-xs text-muted-foreground tabular-nums max-md:hidden">
        {entry.kind === "folder" ? (
          <FolderSize
            serverId={serverId}
            path={entry.path}
            isWanted={props.isMeasured}
            onWant={() => handlers.onMeasure(entry.path)}
          />
        ) : (
          size
        )}
      </div>
      <div role="gridcell" className="truncate text-xs text-muted-foreground tabular-nums max-md:hidden">
        <time dateTime={entry.modifiedAt.toISOString()} title={format.dateTime(entry.modifiedAt, "long")}>
          {format.dateTime(entry.modifiedAt, "short")}
        </time>
      </div>
      <div role="gridcell">
        <Button
          variant="ghost"
          size="icon-sm"
          tabIndex={-1}
          aria-label={t("menu.label", { name })}
          aria-haspopup="menu"
          onClick={(event) => {
            event.stopPropagation();
            handlers.onMenu(entry, event.currentTarget);
          }}
          onDoubleClick={(event) => event.stopPropagation()}
          className="text-muted-foreground max-md:size-11"
        >
          <EllipsisVerticalIcon />
        </Button>
      </div>
    </div>
  );
});

interface EntryNameProps {
  serverId: string;
  entry: FileEntry;
  name: string;
  onOpen: (entry: FileEntry) => void;
}

function EntryName({ serverId, entry, name, onOpen }: EntryNameProps) {
  if (entry.kind === "link" || entry.kind === "special") return <span className="truncate">{name}</span>;
  return (
    <a
      href={fileAddress(serverId, entry.path)}
      tabIndex={-1}
      draggable={false}
      onClick={(event) => {
        // With a key it selects, as a click on the row; a middle click opens a tab.
        event.preventDefault();
        if (event.shiftKey || event.ctrlKey || event.metaKey) return;
        event.stopPropagation();
        onOpen(entry);
      }}
      className={cn("truncate outline-none hover:underline", entry.kind === "folder" && "font-medium")}
    >
      {name}
    </a>
  );
}
