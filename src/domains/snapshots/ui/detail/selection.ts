/** A selection with a path put in or taken out. What lies inside a selected folder is selected with it. */
export function toggle(selected: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (next.delete(path)) return next;
  for (const other of next) if (other.startsWith(`${path}/`)) next.delete(other);
  return next.add(path);
}

/** Whether a path lies in a selected folder, so that it cannot be taken out by itself. */
export function isInSelected(selected: ReadonlySet<string>, path: string): boolean {
  const parts = path.split("/");
  return parts.some((_, count) => count > 0 && selected.has(parts.slice(0, count).join("/")));
}
