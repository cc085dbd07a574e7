import { mayWith } from "@/domains/servers/ui/server-rights";
import { type OpenPage, openPage } from "./open-page";

/** Opens a page of a server's snapshots. Unless `mayView`, nothing is to be fetched ahead: it would be refused. */
export async function openSnapshots(serverId: string, path = ""): Promise<OpenPage & { mayView: boolean }> {
  const page = await openPage(`/servers/${serverId}/snapshots${path}`);
  const server = await page.caller.servers.get({ serverId }).catch(() => null);
  return { ...page, mayView: server !== null && mayWith(page.me, server, "backups.view") };
}

/** What every page of a server's snapshots shows besides its own. What fails is left to the browser. */
export async function fetchSnapshotFrame({ caller, client, keys }: OpenPage, serverId: string): Promise<void> {
  const jobs = { serverId, limit: 20 };
  await Promise.all([
    client.prefetchQuery({
      queryKey: keys.snapshots.usage.queryKey({ serverId }),
      queryFn: () => caller.snapshots.usage({ serverId }),
    }),
    client.prefetchQuery({ queryKey: keys.jobs.list.queryKey(jobs), queryFn: () => caller.jobs.list(jobs) }),
  ]);
}
