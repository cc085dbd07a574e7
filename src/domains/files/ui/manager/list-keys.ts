import type { KeyboardEvent } from "react";

export type ListCommand =
  | { kind: "move"; rows: number; isRange: boolean; isAdding: boolean }
  /** Part of a name that is typed to find it. */
  | { kind: "find"; letter: string }
  | {
      kind:
        | "open"
        | "up"
        | "toggle"
        | "rename"
        | "delete"
        | "all"
        | "copy"
        | "cut"
        | "paste"
        | "undo"
        | "clear"
        | "menu";
    };

type Pressed = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** What a key means in the list; null for keys that it leaves alone. `page`: rows that are seen at once. */
export function listCommand({ key, shiftKey, ctrlKey, metaKey, altKey }: Pressed, page: number): ListCommand | null {
  const isCtrl = ctrlKey || metaKey;
  if (altKey) return key === "ArrowUp" ? { kind: "up" } : null;
  const rows = distance(key, page);
  if (rows !== null) return { kind: "move", rows, isRange: shiftKey, isAdding: isCtrl };
  if (key === " ") return { kind: "toggle" };
  if (key === "Delete" || (key === "Backspace" && metaKey)) return { kind: "delete" };
  if (key === "ContextMenu" || (key === "F10" && shiftKey)) return { kind: "menu" };
  if (isCtrl) return shiftKey ? null : (withCtrl[key.toLowerCase()] ?? null);
  return plain[key] ?? (isLetter(key) ? { kind: "find", letter: key } : null);
}

/** One character, but for those that the page itself listens to. */
function isLetter(key: string): boolean {
  return [...key].length === 1 && key !== "/" && key !== "?";
}

const withCtrl: Readonly<Record<string, ListCommand>> = {
  a: { kind: "all" },
  c: { kind: "copy" },
  x: { kind: "cut" },
  v: { kind: "paste" },
  z: { kind: "undo" },
};

const plain: Readonly<Record<string, ListCommand>> = {
  Enter: { kind: "open" },
  Backspace: { kind: "up" },
  F2: { kind: "rename" },
  Escape: { kind: "clear" },
};

function distance(key: string, page: number): number | null {
  if (key === "ArrowDown") return 1;
  if (key === "ArrowUp") return -1;
  if (key === "PageDown") return page;
  if (key === "PageUp") return -page;
  if (key === "End") return Number.MAX_SAFE_INTEGER;
  return key === "Home" ? -Number.MAX_SAFE_INTEGER : null;
}
