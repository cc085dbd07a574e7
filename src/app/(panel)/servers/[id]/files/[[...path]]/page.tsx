import { dehydrate } from "@tanstack/react-query";
import { openPage } from "@/app/open-page";
import { decodePath, fileAddress } from "@/domains/files/ui/file-address";
import { FilesTab } from "@/domains/files/ui/files-tab";
import { folderKey, partInput, toPart } from "@/domains/files/ui/folder-query";
import { FetchedAhead } from "@/trpc/fetched-ahead";

interface FilesPage {
  params: Promise<{ id: string; path?: string[] }>;
}

/** One page for every folder and file: which one it is, and whether it may be seen, the browser asks once more. */
export default async function ServerFilesPage({ params }: FilesPage) {
  const { id: serverId, path: parts = [] } = await params;
  const path = decodePath(parts);
  const { caller, client, keys } = await openPage(fileAddress(serverId, path));
  const isFolder = path === "" || (await fetchStat());
  if (isFolder)
    await client.prefetchInfiniteQuery({
      queryKey: folderKey(serverId, path),
      queryFn: async () => toPart(await caller.files.list(partInput(serverId, path, null)), null),
      initialPageParam: null,
    });
  return (
    <FetchedAhead state={dehydrate(client)}>
      <FilesTab serverId={serverId} />
    </FetchedAhead>
  );

  async function fetchStat(): Promise<boolean> {
    await client.prefetchQuery({
      queryKey: keys.files.stat.queryKey({ serverId, path }),
      queryFn: () => caller.files.stat({ serverId, path }),
    });
    return client.getQueryData(keys.files.stat.queryKey({ serverId, path }))?.kind === "folder";
  }
}
