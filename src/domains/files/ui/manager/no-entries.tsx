/* biome-ignore-all lint/a11y/useSemanticElements: a group of what a folder offers is no fieldset */
"use client";

import { type KeyboardEvent, type ReactNode, type Ref, useImperativeHandle, useRef } from "react";
import type { FileListHandle } from "./file-list";

interface NoEntriesProps {
  label: string;
  onKeyDown: (event: KeyboardEvent, page: number) => void;
  children: ReactNode;
  ref: Ref<FileListHandle>;
}

/** Stands where a list would stand, and hears its keys: one can paste here, and go up again. */
export function NoEntries({ ref, label, onKeyDown, children }: NoEntriesProps) {
  const place = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({
    focus: () => place.current?.focus({ preventScroll: true }),
    placeOfActive: () => place.current?.getBoundingClientRect(),
  }));
  return (
    <div
      ref={place}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys that act on the folder are heard here
      tabIndex={0}
      aria-label={label}
      // The buttons inside have keys of their own.
      onKeyDown={(event) => event.target === event.currentTarget && onKeyDown(event, 1)}
      className="rounded-lg outline-none focus-visible:inset-ring-2 focus-visible:inset-ring-ring"
    >
      {children}
    </div>
  );
}
