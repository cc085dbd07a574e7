import { parentOf } from "@/server/fs/path-bytes";
import type { ManifestEntry } from "./manifest";

/** Chosen entries with everything in them, and the folders on the way to them. Without a choice: all. */
export function selectEntries(entries: readonly ManifestEntry[], paths?: readonly string[]): ManifestEntry[] {
  if (paths === undefined) return [...entries];
  const chosen = new Set(paths);
  const onTheWay = new Set<string>();
  const isInside = (path: string) => {
    for (let at = path; at !== ""; at = parentOf(at)) if (chosen.has(at)) return true;
    return false;
  };
  for (const path of chosen) for (let at = parentOf(path); at !== ""; at = parentOf(at)) onTheWay.add(at);
  return entries.filter(({ path, type }) => isInside(path) || (type === "folder" && onTheWay.has(path)));
}
