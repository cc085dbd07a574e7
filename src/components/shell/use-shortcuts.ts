"use client";

import { useEffect, useRef } from "react";

export interface Shortcut {
  /** `?`, or two keys one after the other: `g s`. */
  keys: string;
  run: () => void;
}

const sequenceMs = 1200;

/** Single keys and sequences, wherever no text is being typed and no dialog is open; Ctrl or Cmd with K everywhere. */
export function useShortcuts(shortcuts: readonly Shortcut[], onPalette: () => void): void {
  const latest = useRef({ shortcuts, onPalette });
  latest.current = { shortcuts, onPalette };

  useEffect(() => {
    let first = { key: "", at: 0 };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        latest.current.onPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const previous = event.timeStamp - first.at < sequenceMs ? `${first.key} ` : "";
      const found = latest.current.shortcuts.find(({ keys }) => keys === previous + event.key || keys === event.key);
      first = { key: found ? "" : event.key, at: event.timeStamp };
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector("[role=dialog][data-state=open], [role=alertdialog][data-state=open], [role=menu]"))
    return true;
  return (
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable=true], [role=textbox]") !== null
  );
}
