import type { SnapshotResource } from "../contract";

/** How a manifest names what it is of: the server's id, and the path inside its folder. */
export function toIdentifier({ serverId, path }: { serverId: string; path: string }): string {
  return path === "" ? serverId : `${serverId}/${path}`;
}

/** Null for what no mcsd has written. */
export function fromIdentifier(
  identifier: string,
  resource: SnapshotResource,
): { serverId: string; path: string } | null {
  const [, serverId, path = ""] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/(.+))?$/s.exec(identifier) ?? [];
  if (!serverId || (resource === "server_full") !== (path === "")) return null;
  return { serverId, path };
}
