/** The folder that a path lies in; empty for what lies at the top. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** Every folder on the way to a path, from the top, the path itself last. */
export function wayTo(path: string): string[] {
  const parts = path === "" ? [] : path.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** Whether something of these paths would be put into itself, or stay where it is. */
export function canMoveTo(paths: readonly string[], folder: string): boolean {
  return (
    paths.length > 0 &&
    paths.every((path) => folder !== path && !folder.startsWith(`${path}/`) && parentOf(path) !== folder)
  );
}
