import type { Server } from "@/domains/servers/contract";
import type { Live } from "./bench";
import { makeServer } from "./make-server";

export const listedServers = 50;

/** Sees to it that there are 50 servers, as existing data. Resolves with all of them. */
export async function ensureListedServers(live: Live): Promise<Server[]> {
  const there = await live.client.servers.list.query();
  for (let index = there.length; index < listedServers; index++)
    await makeServer(live, `Listed ${String(index + 1).padStart(2, "0")}`, "none");
  return live.client.servers.list.query();
}
