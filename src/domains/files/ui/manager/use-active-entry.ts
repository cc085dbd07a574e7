"use client";

import { type Dispatch, type SetStateAction, useEffect, useRef } from "react";
import type { FileEntry } from "../../contract";
import { neighbourOf, type Selection } from "./select-rows";
import type { KeptState } from "./use-kept-state";

interface Active {
  path: string;
  kept: Pick<KeptState, "lastActive">;
  entries: readonly FileEntry[];
  selection: Selection;
  setSelection: Dispatch<SetStateAction<Selection>>;
}

/** Remembers which entry of a folder is active, and goes on to its neighbour when it is gone. */
export function useActiveEntry({ path, kept, entries, selection, setSelection }: Active): void {
  const { active } = selection;
  const { lastActive } = kept;
  useEffect(() => {
    if (active !== null) lastActive.set(path, active);
  }, [lastActive, path, active]);
  const seen = useRef<{ entries: readonly FileEntry[]; at: number }>({ entries: [], at: -1 });
  useEffect(() => {
    if (active === null) return;
    const at = entries.findIndex((entry) => entry.path === active);
    const before = seen.current;
    if (at >= 0) seen.current = { entries, at };
    // One that was never here may be on its way: made or renamed just now.
    if (at >= 0 || before.entries[before.at]?.path !== active) return;
    const next = neighbourOf(before.entries, before.at, entries);
    setSelection((now) => (now.active === active ? { ...now, active: next, anchor: next } : now));
  }, [entries, active, setSelection]);
}
