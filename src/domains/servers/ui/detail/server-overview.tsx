"use client";

import { WorldDrop } from "@/domains/files/ui/world/world-drop";
import { ServerGroupsCard } from "@/domains/groups/ui/server-groups-card";
import { ServerMetricsCard } from "@/domains/metrics/ui/server-metrics-card";
import { LastSnapshotLine } from "@/domains/snapshots/ui/last-snapshot-line";
import { ChangeCard } from "../change/change-card";
import { useServer } from "../use-server";
import { ContainerCard } from "./container-card";
import { EndCard } from "./end-card";
import { FactsCard } from "./facts-card";
import { PlayersCard } from "./players-card";
import { StateCard } from "./state-card";
import { TimelineCard } from "./timeline-card";

/** First tab of a server: how it is, why, and what happened. */
export function ServerOverview({ serverId }: { serverId: string }) {
  const { server } = useServer(serverId);
  if (!server) return null;
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
      <div className="grid content-start gap-4">
        <ChangeCard server={server} />
        <EndCard server={server} />
        <div className="grid gap-4 md:grid-cols-2">
          <StateCard server={server} />
          <PlayersCard server={server} />
        </div>
        <LastSnapshotLine server={server} />
        <WorldDrop server={server} />
        <ServerMetricsCard key={serverId} server={server} />
        <div className="grid gap-4 lg:hidden">
          <FactsCard server={server} />
          <ServerGroupsCard server={server} />
          <ContainerCard server={server} />
        </div>
        <TimelineCard serverId={serverId} />
      </div>
      <div className="grid content-start gap-4 max-lg:hidden">
        <FactsCard server={server} />
        <ServerGroupsCard server={server} />
        <ContainerCard server={server} />
      </div>
    </div>
  );
}
