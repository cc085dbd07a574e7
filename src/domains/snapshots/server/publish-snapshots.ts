import type { Services } from "@/server/context";

/** Tells open pages that the snapshots of a server have changed. */
export function publishSnapshots(
  { events, supervisor }: Pick<Services, "events" | "supervisor">,
  { serverId, ownerId }: { serverId: string; ownerId: string | null },
): void {
  const owner = supervisor.find(serverId)?.record.ownerId ?? ownerId;
  if (owner) events.publish({ ownerId: owner, event: { kind: "snapshots", serverId } });
}
