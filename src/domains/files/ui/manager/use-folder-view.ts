"use client";

import { useTranslations } from "next-intl";
import { type MouseEvent, startTransition, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { copyText } from "@/components/copy-text";
import type { FileEntry } from "../../contract";
import { downloadAddress } from "../file-address";
import { parentOf } from "../path-parts";
import { arrangeEntries, type Sort } from "./arrange-entries";
import { beginDrag, endDrag } from "./dragged";
import { actionsFor, type FileAction } from "./file-actions";
import type { FolderAction } from "./file-menu";
import type { RowHandlers } from "./file-row";
import type { FolderViewProps } from "./folder-view";
import { saveFiles } from "./save-files";
import { nothingSelected, type Selection, selectAt, toggleAt } from "./select-rows";
import { useActiveEntry } from "./use-active-entry";
import { useFolderKeys } from "./use-folder-keys";

/** What a folder asks about before it acts. */
export interface FolderDialog {
  kind: "moveTo" | "copyTo" | "extract" | "compress";
  entries: readonly FileEntry[];
}

interface Wanted extends FolderViewProps {
  parts: readonly (readonly FileEntry[])[] | undefined;
}

const noParts: readonly (readonly FileEntry[])[] = [];

/** State of one folder's list: what is selected, renamed, measured and asked, and what clicks and keys do. */
export function useFolderView(props: Wanted) {
  const { server, path, rights, kept, changes, filter, onPath } = props;
  const { list } = kept;
  const t = useTranslations("files.manager");
  const parts = useDeferredValue(props.parts ?? noParts);
  const wantedFilter = useDeferredValue(filter);
  const sort = useDeferredValue(kept.sort);
  const entries = useMemo(() => arrangeEntries(parts, sort, wantedFilter), [parts, sort, wantedFilter]);
  const [selection, setSelection] = useState<Selection>(() => {
    const active = kept.lastActive.get(path) ?? null;
    return { ...nothingSelected, active, anchor: active };
  });
  const [renaming, setRenaming] = useState<string | null>(null);
  const [measured, setMeasured] = useState<ReadonlySet<string>>(new Set());
  const [menuEntries, setMenuEntries] = useState<readonly FileEntry[]>([]);
  const [dialog, setDialog] = useState<FolderDialog | null>(null);
  const selected = useMemo(
    () => (selection.selected.size === 0 ? [] : entries.filter((entry) => selection.selected.has(entry.path))),
    [entries, selection.selected],
  );
  const cut = useMemo(
    () => new Set(kept.clipboard?.mode === "cut" ? kept.clipboard.entries.map((entry) => entry.path) : []),
    [kept.clipboard],
  );
  const hasList = entries.length > 0;
  const isRead = props.parts !== undefined;
  const { isByKey } = kept;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list that comes or goes takes the focus with it
  useEffect(() => {
    // What had the focus is gone, and a key has done that.
    if (!isRead || !isByKey.current || document.activeElement !== document.body) return;
    list.current?.focus();
  }, [hasList, isRead, isByKey, list]);
  useActiveEntry({ path, kept, entries, selection, setSelection });

  const open = (entry: FileEntry) => {
    if (entry.kind === "folder" || entry.kind === "file") onPath(entry.path);
  };
  const paste = () => {
    const { clipboard } = kept;
    if (!clipboard || !rights.edit) return;
    if (clipboard.mode === "copy") return changes.copy.mutate({ entries: clipboard.entries, to: path });
    const paths = clipboard.entries.map((entry) => entry.path).filter((from) => parentOf(from) !== path);
    kept.setClipboard(null);
    if (paths.length > 0) changes.move.mutate({ paths, to: path });
  };
  const onAction = (action: FileAction, chosen: readonly FileEntry[]) => {
    const [first] = chosen;
    if (!first || !actionsFor(chosen, rights).includes(action)) return;
    if (action === "open") open(first);
    else if (action === "download") saveFiles(chosen.map((entry) => downloadAddress(server.id, entry)));
    else if (action === "rename") setRenaming(first.path);
    else if (action === "cut" || action === "copy") kept.setClipboard({ mode: action, entries: chosen });
    else if (action === "measure") setMeasured((before) => new Set([...before, ...chosen.map((entry) => entry.path)]));
    else if (action === "copyPath")
      void copyText(first.path).then((isDone) => isDone && toast.success(t("pathCopied")));
    else if (action === "delete") changes.remove.mutate(chosen.map((entry) => entry.path));
    else setDialog({ kind: action, entries: chosen });
  };
  const onFolderAction = (action: FolderAction) => {
    if (action === "paste") paste();
    else props.onCreating(action === "newFolder" ? "folder" : "file");
  };
  /** What a menu or key is about: everything that is selected, if this is. */
  const about = (entry: FileEntry): readonly FileEntry[] => (selection.selected.has(entry.path) ? selected : [entry]);

  const latest = {
    onClick: (entry: FileEntry, event: MouseEvent) => {
      isByKey.current = false;
      list.current?.focus();
      const isTouch = window.matchMedia("(pointer: coarse)").matches;
      // A finger opens, and selects once something is selected.
      if (isTouch && selection.selected.size === 0) return open(entry);
      const keys = { isRange: event.shiftKey, isAdding: event.ctrlKey || event.metaKey || isTouch };
      setSelection((before) => selectAt(entries, before, entry.path, keys));
    },
    onOpen: open,
    onToggle: (entry: FileEntry) => {
      list.current?.focus();
      setSelection((before) => toggleAt(before, entry.path));
    },
    onMenu: (entry: FileEntry, button: HTMLElement) => {
      setMenuEntries(about(entry));
      const { left, bottom } = button.getBoundingClientRect();
      openMenuAt(button, left, bottom);
    },
    onName: (entry: FileEntry, name: string) => {
      setRenaming(null);
      changes.rename.mutate({ entry, name });
      const renamed = parentOf(entry.path) === "" ? name : `${parentOf(entry.path)}/${name}`;
      setSelection({ selected: new Set([renamed]), active: renamed, anchor: renamed });
      list.current?.focus();
    },
    onNameEnd: () => {
      setRenaming(null);
      list.current?.focus();
    },
    onMeasure: (folder: string) => setMeasured((before) => new Set([...before, folder])),
    onDragStart: (entry: FileEntry, event: React.DragEvent) =>
      beginDrag(
        event,
        server.id,
        about(entry).map((dragged) => dragged.path),
      ),
    onDragEnd: endDrag,
    isTaken: (name: string) => (props.parts ?? noParts).some((part) => part.some((entry) => entry.name === name)),
  } satisfies RowHandlers;
  const handlers = useSteady<RowHandlers>(latest);

  const onKeyDown = useFolderKeys({
    path,
    kept,
    entries,
    selected,
    selection,
    setSelection,
    open,
    onPath,
    paste,
    undo: changes.undo,
    onAction,
    onMenu: (active, element) => {
      setMenuEntries(active ? about(active) : []);
      const place = list.current?.placeOfActive();
      openMenuAt(element, (place?.left ?? 0) + 48, active ? (place?.bottom ?? 0) : (place?.top ?? 0) + 48);
    },
  });
  const onContextMenu = (event: MouseEvent) => {
    // Opened by a key or button: what it is about is known already.
    if (!event.nativeEvent.isTrusted) return;
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-path]");
    const entry = row && entries.find((known) => known.path === row.dataset.path);
    if (entry && !selection.selected.has(entry.path)) setSelection((before) => selectAt(entries, before, entry.path));
    setMenuEntries(entry ? about(entry) : []);
  };
  return {
    entries,
    selected,
    selection,
    renaming,
    measured,
    cut,
    dialog,
    setDialog,
    menuEntries,
    menuActions: actionsFor(menuEntries, rights),
    selectedActions: actionsFor(selected, rights),
    folderActions: folderActions(rights.edit, kept.clipboard !== null),
    handlers,
    onAction,
    onFolderAction,
    onKeyDown,
    onContextMenu,
    onClear: () => setSelection((before) => ({ ...before, selected: new Set() })),
    /** A field or dialog that the menu has opened keeps the focus. */
    onMenuClosed: () => {
      if (!document.querySelector("[role=dialog]") && !(document.activeElement instanceof HTMLInputElement))
        list.current?.focus();
    },
    onDialogClosed: () => list.current?.focus(),
    onCreated: ({ path: made, kind }: FileEntry) => {
      setSelection({ selected: new Set([made]), active: made, anchor: made });
      if (kind === "file") onPath(made);
    },
    onSort: (by: Sort["by"]) =>
      startTransition(() =>
        kept.setSort({ by, isDescending: kept.sort.by === by ? !kept.sort.isDescending : by !== "name" }),
      ),
  };
}

function folderActions(canEdit: boolean, hasClipboard: boolean): FolderAction[] {
  if (!canEdit) return [];
  return hasClipboard ? ["newFolder", "newFile", "paste"] : ["newFolder", "newFile"];
}

/** The one menu of the list opens where a right click would have opened it. */
function openMenuAt(element: EventTarget, clientX: number, clientY: number): void {
  element.dispatchEvent(new window.MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX, clientY }));
}

/** The same functions for ever, which do what the newest ones do. */
function useSteady<Functions extends object>(latest: Functions): Functions {
  const current = useRef(latest);
  current.current = latest;
  return useMemo(
    () =>
      new Proxy(current.current, {
        get: (_, name) => Reflect.get(current.current, name),
      }),
    [],
  );
}
