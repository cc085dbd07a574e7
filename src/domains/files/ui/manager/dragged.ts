import type { DragEvent } from "react";

const type = "application/x-mcsd-paths";

/** Paths that are dragged in this window: while something is dragged, what it holds cannot be read, only what kind it is. */
let dragged: { serverId: string; paths: readonly string[] } | null = null;

export function beginDrag(event: DragEvent, serverId: string, paths: readonly string[]): void {
  dragged = { serverId, paths };
  event.dataTransfer.setData(type, "");
  event.dataTransfer.effectAllowed = "move";
}

export function endDrag(): void {
  dragged = null;
}

/** Paths of this server that are dragged; null for anything else. */
export function draggedPaths(event: DragEvent, serverId: string): readonly string[] | null {
  return event.dataTransfer.types.includes(type) && dragged?.serverId === serverId ? dragged.paths : null;
}

export function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes("Files");
}
