import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";
import { type FileEntry, maxListed } from "../contract";
import { parentOf } from "./path-parts";

/** Most entries of the first part: what is seen at once. All others follow in parts as large as they may be. */
export const firstPart = 300;

export type FolderData = InfiniteData<FileEntry[], string | null>;

/** Kept fresh by the event stream, which goes by the procedure and the path. */
export function folderKey(serverId: string, path: string): QueryKey {
  return [["files", "list"], { input: { serverId, path }, type: "parts" }];
}

export function partInput(serverId: string, path: string, after: string | null) {
  return { serverId, path, after: after ?? undefined, limit: after === null ? firstPart : maxListed };
}

/** A part that is full may have a next one, which begins behind its last name. */
export function nextPart(part: readonly FileEntry[], after: string | null): string | undefined {
  return part.length < (after === null ? firstPart : maxListed) ? undefined : part.at(-1)?.name;
}

/** Shows at once what a change has done to lists that are known, before they are read again. */
export function patchFolders(
  client: QueryClient,
  serverId: string,
  { removed, added }: { removed: readonly string[]; added: readonly FileEntry[] },
): void {
  for (const folder of new Set([...removed, ...added.map(({ path }) => path)].map(parentOf))) {
    const gone = new Set([...removed, ...added.map(({ path }) => path)]);
    const come = added.filter(({ path }) => parentOf(path) === folder);
    client.setQueryData<FolderData>(
      folderKey(serverId, folder),
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((part, index) => {
            const kept = part.some(({ path }) => gone.has(path)) ? part.filter(({ path }) => !gone.has(path)) : part;
            return index === 0 && come.length > 0 ? [...kept, ...come] : kept;
          }),
        },
    );
  }
}
