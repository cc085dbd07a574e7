import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";
import { type FileEntry, maxListed } from "../contract";
import { parentOf } from "./path-parts";

/** Most entries of the first part: what is seen at once. All others follow in parts as large as they may be. */
export const firstPart = 300;

/** One answer of the server, and what changes have made of it since. */
export interface FolderPart {
  entries: readonly FileEntry[];
  /** The last name, as it was read, if more may lie behind it. */
  next: string | null;
}

export type FolderData = InfiniteData<FolderPart, string | null>;

/** Kept fresh by the event stream, which goes by the procedure and the path. */
export function folderKey(serverId: string, path: string): QueryKey {
  return [["files", "list"], { input: { serverId, path }, type: "parts" }];
}

export function partInput(serverId: string, path: string, after: string | null) {
  return { serverId, path, after: after ?? undefined, limit: sizeAfter(after) };
}

/** A part that is full may have a next one, which begins behind its last name. */
export function toPart(entries: readonly FileEntry[], after: string | null): FolderPart {
  return { entries, next: entries.length < sizeAfter(after) ? null : (entries.at(-1)?.name ?? null) };
}

function sizeAfter(after: string | null): number {
  return after === null ? firstPart : maxListed;
}

/** An entry as the list of its folder has it. */
export function knownEntry(client: QueryClient, serverId: string, path: string): FileEntry | undefined {
  const pages = client.getQueryData<FolderData>(folderKey(serverId, parentOf(path)))?.pages ?? [];
  for (const { entries } of pages) {
    const found = entries.find((entry) => entry.path === path);
    if (found) return found;
  }
  return undefined;
}

/** Shows at once what a change has done to lists that are known, before they are read again. */
export function patchFolders(
  client: QueryClient,
  serverId: string,
  { removed, added }: { removed: readonly string[]; added: readonly FileEntry[] },
): void {
  const gone = new Set([...removed, ...added.map(({ path }) => path)]);
  for (const folder of new Set([...gone].map(parentOf))) {
    const come = added.filter(({ path }) => parentOf(path) === folder);
    client.setQueryData<FolderData>(
      folderKey(serverId, folder),
      (data) =>
        data && { ...data, pages: data.pages.map((part, index) => patchPart(data, index, { part, gone, come })) },
    );
  }
}

interface Patch {
  part: FolderPart;
  gone: ReadonlySet<string>;
  come: readonly FileEntry[];
}

/** What comes stands in the part whose names it lies among; what lies behind all of them is read with the next. */
function patchPart({ pageParams }: FolderData, index: number, { part, gone, come }: Patch): FolderPart {
  const after = pageParams[index] ?? null;
  const mine = come.filter(({ name }) => (after === null || name > after) && (part.next === null || name <= part.next));
  if (mine.length === 0 && !part.entries.some(({ path }) => gone.has(path))) return part;
  return { ...part, entries: [...part.entries.filter(({ path }) => !gone.has(path)), ...mine] };
}
