"use client";

import { type DragEvent, useState } from "react";
import { canMoveTo } from "../path-parts";
import { draggedPaths, endDrag, holdsFiles } from "./dragged";

/** What a drop on a folder does; what is left out is not allowed. */
export interface DropActions {
  serverId: string;
  onMove?: (paths: readonly string[], folder: string) => void;
  onFiles?: (data: DataTransfer, folder: string) => void;
}

/** Makes an element a place to drop on, which stands for a folder (null: for none). */
export function useDrop(folder: string | null, { serverId, onMove, onFiles }: DropActions) {
  const [isOver, setOver] = useState(false);
  const takes = (event: DragEvent): boolean => {
    if (folder === null) return false;
    const paths = draggedPaths(event, serverId);
    if (paths) return onMove !== undefined && canMoveTo(paths, folder);
    return onFiles !== undefined && holdsFiles(event);
  };
  const onDragOver = (event: DragEvent) => {
    if (!takes(event)) return;
    event.preventDefault();
    // A folder inside a list takes it before the list does.
    event.stopPropagation();
    event.dataTransfer.dropEffect = holdsFiles(event) ? "copy" : "move";
    setOver(true);
  };
  return {
    isOver,
    handlers: {
      onDragEnter: onDragOver,
      onDragOver,
      onDragLeave: (event: DragEvent) => {
        if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return;
        setOver(false);
      },
      onDrop: (event: DragEvent) => {
        setOver(false);
        if (folder === null || !takes(event)) return;
        event.preventDefault();
        event.stopPropagation();
        const paths = draggedPaths(event, serverId);
        if (paths) onMove?.(paths, folder);
        else onFiles?.(event.dataTransfer, folder);
        endDrag();
      },
    },
  };
}
