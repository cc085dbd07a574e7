"use client";

import { ChevronRightIcon, FolderIcon, FolderOpenIcon, ServerIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useState } from "react";
import { cn } from "@/lib/cn";
import { nameOf, parentOf, wayTo } from "../path-parts";
import { shownName } from "../shown-name";
import { useFolder } from "../use-folder";
import { arrangeEntries } from "./arrange-entries";
import { moveInTree } from "./move-in-tree";
import { type DropActions, useDrop } from "./use-drop";

/** Folders of one folder that are shown; who has more filters the list. */
const maxShown = 500;
/** A closed folder that something is held over opens. */
const openAfterMs = 700;

interface FolderTreeProps {
  /** The folder that is open. */
  path: string;
  onPath: (path: string) => void;
  drop: DropActions;
  label: string;
}

/** The folders of a server, each read when it is opened. */
export function FolderTree({ path, onPath, drop, label }: FolderTreeProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(["", ...wayTo(path)]));
  // What is opened in the list is opened here as well.
  useEffect(() => setOpen((before) => new Set([...before, "", ...wayTo(parentOf(path))])), [path]);
  const toggle = useCallback(
    (folder: string, isOpen: boolean) =>
      setOpen((before) => {
        const next = new Set(before);
        if (isOpen) next.add(folder);
        else next.delete(folder);
        return next;
      }),
    [],
  );
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (moveInTree(event.key, event.currentTarget, event.target as HTMLElement, toggle)) event.preventDefault();
  };
  // The tree is entered at the open folder, or where the way to it is closed.
  const entrance = ["", ...wayTo(path)].find((folder) => folder === path || !open.has(folder)) ?? "";
  return (
    <div role="tree" aria-label={label} onKeyDown={onKeyDown} className="h-full overflow-auto overscroll-contain p-1.5">
      <TreeNode
        folder=""
        level={1}
        current={path}
        entrance={entrance}
        open={open}
        onToggle={toggle}
        onPath={onPath}
        drop={drop}
      />
    </div>
  );
}

interface TreeNodeProps {
  folder: string;
  level: number;
  current: string;
  /** The one node that Tab leads to. */
  entrance: string;
  open: ReadonlySet<string>;
  onToggle: (folder: string, isOpen: boolean) => void;
  onPath: (path: string) => void;
  drop: DropActions;
}

function TreeNode(props: TreeNodeProps) {
  const { folder, level, current, open, onToggle, onPath, drop } = props;
  const t = useTranslations("files.manager");
  const isOpen = open.has(folder);
  const { parts } = useFolder(drop.serverId, folder, isOpen);
  const target = useDrop(folder, drop);
  const folders = useMemo(
    () =>
      arrangeEntries(
        (parts ?? []).map((part) => part.filter(({ kind }) => kind === "folder")),
        { by: "name", isDescending: false },
        "",
      ),
    [parts],
  );
  const isCurrent = folder === current;
  const name = folder === "" ? t("top") : shownName(nameOf(folder));
  const { isOver } = target;
  useEffect(() => {
    if (!isOver || isOpen) return;
    const timer = setTimeout(() => onToggle(folder, true), openAfterMs);
    return () => clearTimeout(timer);
  }, [isOver, isOpen, folder, onToggle]);
  const Icon = folder === "" ? ServerIcon : isOpen ? FolderOpenIcon : FolderIcon;
  // The way to the open folder is always there.
  const shown = folders.filter(({ path }, at) => at < maxShown || path === current || current.startsWith(`${path}/`));
  const hasNone = isOpen && parts !== undefined && folders.length === 0;
  return (
    <div
      role="treeitem"
      aria-expanded={hasNone ? undefined : isOpen}
      aria-selected={isCurrent}
      aria-level={level}
      aria-label={name}
      tabIndex={folder === props.entrance ? 0 : -1}
      data-folder={folder}
      onClick={(event) => {
        event.stopPropagation();
        onPath(folder);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.stopPropagation();
        event.preventDefault();
        onPath(folder);
      }}
      className="group/node cursor-pointer outline-none select-none"
    >
      <div
        {...target.handlers}
        style={{ paddingLeft: `${(level - 1) * 12}px` }}
        className={cn(
          "flex h-7 items-center gap-1.5 rounded-md pr-2 text-sm hover:bg-accent/60 group-focus-visible/node:inset-ring-2 group-focus-visible/node:inset-ring-ring",
          isCurrent && "bg-accent font-medium",
          isOver && "bg-primary/15 inset-ring-2 inset-ring-primary",
        )}
      >
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle(folder, !isOpen);
          }}
          className={cn(
            "flex size-6 shrink-0 items-center justify-center text-muted-foreground",
            hasNone && "invisible",
          )}
        >
          <ChevronRightIcon className={cn("size-3.5 transition-transform", isOpen && "rotate-90")} />
        </button>
        <Icon
          aria-hidden="true"
          className={cn("size-4 shrink-0", folder === "" ? "text-muted-foreground" : "text-primary")}
        />
        <span className="truncate">{name}</span>
      </div>
      {isOpen && folders.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: the group of a tree
        <div role="group">
          {shown.map(({ path }) => (
            <TreeNode key={path} {...props} folder={path} level={level + 1} />
          ))}
          {folders.length > shown.length && (
            <p
              role="presentation"
              style={{ paddingLeft: `${level * 12 + 30}px` }}
              className="py-1 text-xs text-muted-foreground"
            >
              {t("tree.more", { count: folders.length - shown.length })}
            </p>
          )}
        </div>
      )}
    </div>
  );
}
