import type { Server } from "@/domains/servers/contract";
import type { Bench } from "./bench";
import { makeServer } from "./make-server";

export const listedServers = 50;

/** Sees to it that there are 50 servers, as existing data. Resolves with all of them. */
export async function ensureListedServers(bench: Bench): Promise<Server[]> {
  const live = await bench.live();
  const there = await live.client.servers.list.query();
  for (let index = there.length; index < listedServers; index++)
    await makeServer(bench, live, `Listed ${String(index + 1).padStart(2, "0")}`, "none");
  return live.client.servers.list.query();
}
