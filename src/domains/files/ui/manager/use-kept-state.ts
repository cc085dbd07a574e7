"use client";

import { type RefObject, useMemo, useRef, useState } from "react";
import type { Sort } from "./arrange-entries";
import type { Clipboard } from "./clipboard-bar";
import type { FileListHandle } from "./file-list";

/** What stays as it is while one walks through folders and files. */
export interface KeptState {
  sort: Sort;
  setSort: (sort: Sort) => void;
  clipboard: Clipboard | null;
  setClipboard: (clipboard: Clipboard | null) => void;
  /** The entry that was active in each folder, to come back to. */
  lastActive: Map<string, string>;
  /** Whether the next list takes the focus: it was opened by a key. */
  isByKey: { current: boolean };
  /** The list that is shown, or what stands in its place. */
  list: RefObject<FileListHandle | null>;
}

export function useKeptState(): KeptState {
  const [sort, setSort] = useState<Sort>({ by: "name", isDescending: false });
  const [clipboard, setClipboard] = useState<Clipboard | null>(null);
  const [lastActive] = useState(() => new Map<string, string>());
  const isByKey = useRef(false);
  const list = useRef<FileListHandle>(null);
  return useMemo(
    () => ({ sort, setSort, clipboard, setClipboard, lastActive, isByKey, list }),
    [sort, clipboard, lastActive],
  );
}
