/** A selection with a path put in or taken out. What lies inside a selected folder is selected with it. */
export function toggle(selected: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (next.delete(path)) return next;
  for (const other of next) if (other.startsWith(`${path}/`)) next.delete(other);
  return next.add(path);
}

/** Files that belong together: all taken out when all are in, else all put in. */
export function toggleAll(selected: ReadonlySet<string>, paths: readonly string[]): ReadonlySet<string> {
  if (paths.every((path) => selected.has(path))) return new Set([...selected].filter((path) => !paths.includes(path)));
  return new Set([...selected, ...paths]);
}

/** Whether a path lies in a selected folder, so that it cannot be taken out by itself. */
export function isInSelected(selected: ReadonlySet<string>, path: string): boolean {
  const parts = path.split("/");
  return parts.some((_, count) => count > 0 && selected.has(parts.slice(0, count).join("/")));
}
