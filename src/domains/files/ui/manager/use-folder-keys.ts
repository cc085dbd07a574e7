"use client";

import { type Dispatch, type KeyboardEvent, type SetStateAction, useRef } from "react";
import type { FileEntry } from "../../contract";
import { parentOf } from "../path-parts";
import type { FileAction } from "./file-actions";
import { findByTyping, isTyping, typeLetter } from "./find-by-typing";
import { type ListCommand, listCommand } from "./list-keys";
import { moveBy, type Selection, selectAll, selectAt, toggleAt } from "./select-rows";
import type { KeptState } from "./use-kept-state";

interface Keyed {
  path: string;
  kept: KeptState;
  entries: readonly FileEntry[];
  selected: readonly FileEntry[];
  selection: Selection;
  setSelection: Dispatch<SetStateAction<Selection>>;
  open: (entry: FileEntry) => void;
  onPath: (path: string) => void;
  paste: () => void;
  undo: () => void;
  onAction: (action: FileAction, entries: readonly FileEntry[]) => void;
  /** Of the active entry, or of the folder where there is none. */
  onMenu: (active: FileEntry | undefined, element: EventTarget) => void;
}

/** What keys do in a folder. `page`: rows that are seen at once. */
export function useFolderKeys(keyed: Keyed): (event: KeyboardEvent, page: number) => void {
  const { path, kept, entries, selected, selection, setSelection } = keyed;
  const typed = useRef({ text: "", at: 0 });

  const run = (command: ListCommand, element: EventTarget) => {
    const active = entries.find((entry) => entry.path === selection.active);
    const chosen = selected.length > 0 ? selected : active ? [active] : [];
    switch (command.kind) {
      case "move":
        return setSelection((before) => moveBy(entries, before, command.rows, command));
      case "all":
        return setSelection((before) => selectAll(entries, before));
      case "toggle":
        return active && setSelection((before) => toggleAt(before, active.path));
      case "find": {
        typed.current = typeLetter(typed.current, command.letter, performance.now());
        const found = findByTyping(entries, selection.active, typed.current.text);
        return found && setSelection((before) => selectAt(entries, before, found.path));
      }
      case "open":
        return active && keyed.open(active);
      case "up":
        return path !== "" && keyed.onPath(parentOf(path));
      case "rename":
        return active && keyed.onAction("rename", [active]);
      case "delete":
      case "copy":
      case "cut":
        return keyed.onAction(command.kind, chosen);
      case "paste":
        return keyed.paste();
      case "undo":
        return keyed.undo();
      case "menu":
        return keyed.onMenu(active, element);
      case "clear":
        if (selection.selected.size > 0) setSelection((before) => ({ ...before, selected: new Set() }));
        else kept.setClipboard(null);
    }
  };

  return (event, page) => {
    if (event.defaultPrevented) return;
    const isInName = event.key === " " && isTyping(typed.current, performance.now());
    const command: ListCommand | null = isInName ? { kind: "find", letter: " " } : listCommand(event, page);
    if (!command) return;
    if (command.kind === "clear" && selection.selected.size === 0 && !kept.clipboard) return;
    if (command.kind === "copy" && window.getSelection()?.toString()) return;
    event.preventDefault();
    // Whatever the key leads to is gone on with by keys.
    kept.isByKey.current = true;
    run(command, event.currentTarget);
  };
}
